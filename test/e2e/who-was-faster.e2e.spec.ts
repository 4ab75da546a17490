import { createStaff } from '../support/actors.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';

const ADJUSTMENT = { asset: 'CNY', amount: 500, reason: 'Forgotten in July.' };
const WHY = { reason: 'The bank’s portal was closed.' };

let w: PayoutWorld;
/** The id of each member of staff, by who they are here. */
let ids: Record<'maker' | 'checker' | 'reviewer', string>;
let otherReviewer: HttpClient;
beforeAll(async () => {
  w = await PayoutWorld.start();
  otherReviewer = await createStaff(w.testApp, w.world.admin, ['reviewer']);
  const { maker, checker, reviewer } = w.world;
  const idOf = async (who: HttpClient) => (await who.get('/v1/staff/sessions/current')).body.staff.id as string;
  ids = { maker: await idOf(maker), checker: await idOf(checker), reviewer: await idOf(reviewer) };
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

/** That a refusal names who did it before, and when: by now, and not before `since`. */
function expectFaster({ status, body }: Answer, code: string, by: string, since: number): void {
  expect({ status, code: body.code, by: body.by }).toEqual({ status: 409, code, by });
  expect(Date.parse(body.at)).toBeGreaterThanOrEqual(since);
  expect(Date.parse(body.at)).toBeLessThanOrEqual(Date.now());
  expect(body.at).toMatch(/Z$/);
}

describe('who comes too late is told who was faster, and when', () => {
  it('with a batch of payouts', async () => {
    const since = Date.now();
    const { id } = await w.approved([await w.merchant(1_000n)]);
    expectFaster(await w.step(id, 'approve'), 'payout.wrong-state', ids.checker, since);
    await w.step(id, 'cancel');
    expectFaster(await w.step(id, 'submit'), 'payout.wrong-state', ids.maker, since);
    expectFaster(await w.step(id, 'reject', undefined, WHY), 'payout.wrong-state', ids.maker, since);
    const { body: draft } = await w.draft([await w.merchant(1_000n)]);
    const early = await w.step(draft.id, 'approve');
    expect(early.body).toMatchObject({ code: 'payout.wrong-state' });
    expect(early.body).not.toHaveProperty('by');
  });

  it('with a request to withdraw a file', async () => {
    const since = Date.now();
    const batch = await w.submitted([await w.merchant(1_000n)], { rail: 'csv-file' });
    const path = `/v1/payout-batches/${batch.id}`;
    const { body } = await w.world.maker.post(`${path}/withdraw`, WHY);
    const decide = (decision: string) => w.world.checker.post(`${path}/requests/${body.id}/${decision}`, WHY);
    expect((await decide('reject')).status).toBe(200);
    expectFaster(await decide('reject'), 'payout.wrong-state', ids.checker, since);
  });

  it('with a hold', async () => {
    const since = Date.now();
    const { id: merchant } = await w.merchant(1_000n);
    const { body } = await w.world.maker.post('/v1/holds', { merchant, asset: 'CNY', amount: 'all', ...WHY });
    const release = () => w.world.checker.post(`/v1/holds/${body.id}/release`, WHY);
    expect((await release()).status).toBe(200);
    expectFaster(await release(), 'hold.wrong-state', ids.checker, since);
  });

  it('with an adjustment', async () => {
    const since = Date.now();
    const { id } = await w.merchant(1_000n);
    const { body } = await w.world.maker.post(`/v1/merchants/${id}/adjustments`, ADJUSTMENT);
    const decide = (decision: string) => w.world.checker.post(`/v1/adjustments/${body.id}/${decision}`);
    expect((await decide('approve')).status).toBe(200);
    expectFaster(await decide('reject'), 'adjustment.wrong-state', ids.checker, since);
  });

  it('with an application', async () => {
    const since = Date.now();
    const apply = async (wechatId: string) => {
      const { body } = await w.world.pk.post('/v1/merchant-applications', {
        wechatId,
        displayName: '李华',
        consent: true,
      });
      return (by: HttpClient, step: string, what: object) =>
        by.post(`/v1/merchant-applications/${body.id}/${step}`, what);
    };
    const one = await apply('faster_01');
    expect((await one(w.world.reviewer, 'approve', {})).status).toBe(200);
    expectFaster(await one(otherReviewer, 'reject', WHY), 'application.wrong-state', ids.reviewer, since);
    const other = await apply('faster_02');
    expect((await other(w.world.reviewer, 'reject', WHY)).status).toBe(200);
    expectFaster(await other(otherReviewer, 'approve', {}), 'application.wrong-state', ids.reviewer, since);
  });

  it('with a change of a bank account', async () => {
    const since = Date.now();
    const { id } = await w.merchant(0n);
    const changes = `/v1/merchants/${id}/bank-account-changes`;
    const account = { holder: 'Li Wei', number: '6222021234500008888', bankName: 'ICBC', country: 'CN' };
    const { body } = await otherReviewer.post(changes, account);
    const approve = () => w.world.reviewer.post(`${changes}/${body.id}/approve`);
    expect((await approve()).status).toBe(200);
    expectFaster(await approve(), 'bank-account.wrong-state', ids.reviewer, since);
  });
});
