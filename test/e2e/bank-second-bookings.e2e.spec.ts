import { camt, pain002, type Booking, type CamtOptions } from '../support/bank-reports.js';
import type { Answer } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** No booking is older than the payout that it is of. */
const day = dayAfter(0);

const report = (xml: string) =>
  w.world.maker.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', Buffer.from(xml));
const statement = (bookings: (Booking | string)[], more: CamtOptions & { kind?: '054' } = {}) =>
  report(
    camt(
      bookings.map((one) => (typeof one === 'string' ? one : { day, ...one })),
      'CNY',
      more.kind,
      more,
    ),
  );
const results = ({ body }: Answer) => body.lines.map((line: any) => line.result);

async function sent(...amounts: bigint[]) {
  const merchants = [];
  for (const amount of amounts) merchants.push(await w.merchant(amount));
  const draft = await w.submitted(merchants, { rail: 'iso20022-file' });
  const [{ message_id: file }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [draft.id]);
  return { id: draft.id as string, file: file as string, merchants, payouts: draft.payouts as any[] };
}

type Telling = { bookings: Booking[]; kind?: '054' };
/** What one test hands in, report by report, about payouts of 10.00 and 20.00 in one batch. */
type Case = [title: string, tell: (names: Names) => Telling[], expected: string[][], states: string[]];
interface Names {
  one: string;
  two: string;
  file: string;
  accounts: string[];
}

const TEN = { amount: '10.00' };
const LATER = dayAfter(3);

describe('a second booking of a payout', () => {
  it.each<Case>([
    [
      'on another day, by another name',
      ({ one }) => [
        { bookings: [{ ...TEN, reference: one, bankReference: 'B1' }] },
        { bookings: [{ ...TEN, reference: one, bankReference: 'B2', day: LATER }] },
      ],
      [['applied'], ['second']],
      ['paid', 'submitting'],
    ],
    [
      'on another day, without names',
      ({ one }) => [{ bookings: [{ ...TEN, reference: one }] }, { bookings: [{ ...TEN, reference: one, day: LATER }] }],
      [['applied'], ['second']],
      ['paid', 'submitting'],
    ],
    [
      'in the same statement, also in the very same words',
      ({ one }) => [
        {
          bookings: [
            { ...TEN, reference: one },
            { ...TEN, reference: one },
          ],
        },
        {
          bookings: [
            { ...TEN, reference: one },
            { ...TEN, reference: one },
          ],
        },
      ],
      [
        ['applied', 'second'],
        ['duplicate', 'duplicate'],
      ],
      ['paid', 'submitting'],
    ],
    [
      'after a notification that said little, and its statement',
      ({ one }) => [
        { kind: '054', bookings: [{ ...TEN, reference: one }] },
        { bookings: [{ ...TEN, reference: one, bankReference: 'B1' }] },
        { bookings: [{ ...TEN, reference: one, bankReference: 'B2' }] },
        { kind: '054', bookings: [{ ...TEN, reference: one }] },
      ],
      [['applied'], ['duplicate'], ['second'], ['duplicate']],
      ['paid', 'submitting'],
    ],
    [
      'of the whole batch as one sum',
      ({ file }) => [
        { bookings: [{ amount: '30.00', batch: { messageId: file }, bankReference: 'S1' }] },
        { kind: '054', bookings: [{ amount: '30.00', batch: { messageId: file } }] },
        { bookings: [{ amount: '30.00', batch: { messageId: file }, bankReference: 'S2', day: LATER }] },
      ],
      [
        ['applied', 'applied'],
        ['duplicate', 'duplicate'],
        ['second', 'second'],
      ],
      ['paid', 'paid'],
    ],
    [
      'of the whole batch, twice in one statement',
      ({ file }) => [{ bookings: [1, 2].map(() => ({ amount: '30.00', batch: { messageId: file } })) }],
      [['applied', 'applied', 'second', 'second']],
      ['paid', 'paid'],
    ],
    [
      'after it was returned',
      ({ one }) => [
        { bookings: [{ ...TEN, reference: one, bankReference: 'B1' }] },
        { bookings: [{ ...TEN, reference: one, bankReference: 'B2', returned: 'AC04' }] },
        { bookings: [{ ...TEN, reference: one, bankReference: 'B3', day: LATER }] },
        { bookings: [{ ...TEN, reference: one, bankReference: 'B3', day: LATER }] },
      ],
      [['applied'], ['applied'], ['second'], ['duplicate']],
      ['returned', 'submitting'],
    ],
    [
      'after its return, when the first was never reported',
      ({ one }) => [
        { bookings: [{ ...TEN, reference: one, returned: 'AC04' }] },
        { bookings: [{ ...TEN, reference: one, day: LATER }] },
      ],
      [['applied'], ['second']],
      ['returned', 'submitting'],
    ],
    [
      'that is only late: the return was read before the payment',
      ({ one }) => [
        { bookings: [{ ...TEN, reference: one, returned: 'AC04', day: LATER }] },
        { bookings: [{ ...TEN, reference: one }] },
      ],
      [['applied'], ['late']],
      ['returned', 'submitting'],
    ],
    [
      'that is a second return',
      ({ one }) => [
        {
          bookings: [
            { ...TEN, reference: one },
            { ...TEN, reference: one, returned: 'AC04' },
          ],
        },
        { bookings: [{ ...TEN, reference: one, returned: 'AC04', day: LATER }] },
      ],
      [['applied', 'applied'], ['second']],
      ['returned', 'submitting'],
    ],
    [
      'by account and amount, under another name',
      ({ accounts }) => [
        { bookings: [{ ...TEN, account: accounts[0]!, bankReference: 'B1' }] },
        { bookings: [{ ...TEN, account: accounts[0]!, bankReference: 'B2', day: LATER }] },
      ],
      [['applied'], ['unmatched']],
      ['paid', 'submitting'],
    ],
    [
      'by its reference after it was found by account',
      ({ one, accounts }) => [
        { bookings: [{ ...TEN, account: accounts[0]! }] },
        { bookings: [{ ...TEN, reference: one }] },
        { bookings: [{ ...TEN, reference: one, day: LATER }] },
      ],
      [['applied'], ['duplicate'], ['second']],
      ['paid', 'submitting'],
    ],
  ])('is open until a person decides, and no other booking is: %s', async (_, tell, expected, states) => {
    const { id, file, merchants, payouts } = await sent(1_000n, 2_000n);
    const [one, two] = [payouts[0].reference, payouts[1].reference];
    const told = tell({ one, two, file, accounts: merchants.map(({ number }) => number) });
    const answers: Answer[] = [];
    for (const [at, { bookings, kind }] of told.entries())
      answers.push(await statement(bookings, { messageId: `${id.slice(-10)}-${at}`, ...(kind && { kind }) }));
    expect(answers.map(results)).toEqual(expected);
    expect(await w.states(id)).toEqual(states);
    const open = (await w.world.auditor.get('/v1/bank-report-lines?result=open')).body.items;
    expect(open.map((line: any) => line.result)).toEqual(
      expected.flat().filter((result) => result === 'second' || result === 'unmatched'),
    );
    for (const line of open) {
      const matched = await w.world.maker.post(`/v1/bank-report-lines/${line.id}/match`, { payout: payouts[0].id });
      expect(matched.status).toBe(409);
      const body = { reason: 'the bank takes it back' };
      expect((await w.world.maker.post(`/v1/bank-report-lines/${line.id}/dismiss`, body)).status).toBe(200);
    }
    expect(await w.total('in-transit')).toBe(
      (await w.db.query("SELECT COALESCE(SUM(amount), 0) n FROM payout WHERE state = 'submitting'"))[0].n * 1,
    );
  });

  it('is found among two reports that come at the same time', async () => {
    const { id, payouts } = await sent(1_000n);
    const { reference } = payouts[0];
    const answers = await Promise.all(
      ['B1', 'B2', 'B1', 'B2'].map((bankReference) => statement([{ ...TEN, reference, bankReference }])),
    );
    expect(answers.flatMap(results).sort()).toEqual(['applied', 'duplicate', 'duplicate', 'second']);
    expect(await w.states(id)).toEqual(['paid']);
    const [line] = (await w.world.auditor.get('/v1/bank-report-lines?result=second')).body.items;
    expect(line.detail).toMatch(/^a second payment by the bank; the first is bkr_/);
    await w.world.maker.post(`/v1/bank-report-lines/${line.id}/dismiss`, { reason: 'cleared' });
  });
});

describe('money that came back, while a second booking of its payout waits', () => {
  it('is not released and not paid out again, and the refusal names the line', async () => {
    const { payouts } = await sent(1_000n);
    const { id, reference, merchant } = payouts[0];
    await statement([
      { ...TEN, reference },
      { ...TEN, reference, returned: 'AC04' },
    ]);
    const second = await statement([{ ...TEN, reference, day: LATER }], { messageId: 'SECOND' });
    expect(results(second)).toEqual(['second']);
    const [{ id: line }] = second.body.lines;
    const [hold] = (await w.world.checker.get(`/v1/holds?merchant=${merchant}`)).body.items;
    const reason = { reason: 'another account' };
    const release = await w.world.checker.post(`/v1/holds/${hold.id}/release`, reason);
    expect([release.status, release.body.code]).toEqual([409, 'hold.bank-line-open']);
    expect(release.body.detail).toContain(line);
    const all = { cause: 'returned-payout', ...reason };
    expect((await w.world.checker.post(`/v1/merchants/${merchant}/holds/release`, all)).body).toMatchObject({
      released: 0,
    });
    const retry = await w.world.maker.post(`/v1/payouts/${id}/retry`, {});
    expect([retry.status, retry.body.code]).toEqual([409, 'payout.bank-line-open']);
    expect(retry.body.detail).toContain(line);
    expect(await w.balances(merchant)).toMatchObject({ available: 0, held: 1_000 });
    await w.world.maker.post(`/v1/bank-report-lines/${line}/dismiss`, { reason: 'taken back by the bank' });
    expect((await w.world.checker.post(`/v1/holds/${hold.id}/release`, reason)).status).toBe(200);
    expect((await w.world.maker.post(`/v1/payouts/${id}/retry`, {})).status).toBe(201);
  });

  it('is not paid out again either when the bank books what it had refused', async () => {
    const { id: batch, file, payouts } = await sent(1_000n);
    const { id, reference } = payouts[0];
    await report(pain002({ original: file, payments: [{ reference, status: 'RJCT', reason: 'AM04' }] }));
    expect(await w.states(batch)).toEqual(['failed']);
    const booked = await statement([{ ...TEN, reference }]);
    expect(results(booked)).toEqual(['contradicting']);
    expect((await w.world.maker.post(`/v1/payouts/${id}/retry`, {})).body.code).toBe('payout.bank-line-open');
    const { merchant } = payouts[0];
    const drafted = await w.draft([{ id: merchant }], { rail: 'iso20022-file' });
    expect(drafted.body).toMatchObject({ payoutCount: 0, skipped: [{ merchant, reason: 'bank-line-open' }] });
    await w.world.maker.post(`/v1/bank-report-lines/${booked.body.lines[0].id}/dismiss`, { reason: 'cleared' });
    expect((await w.world.maker.post(`/v1/payouts/${id}/retry`, {})).status).toBe(201);
  });

  it('nor by a batch that was drafted before the bank spoke', async () => {
    const { file, payouts } = await sent(1_000n);
    const { merchant, reference } = payouts[0];
    await report(pain002({ original: file, payments: [{ reference, status: 'RJCT', reason: 'AM04' }] }));
    const { body: draft } = await w.draft([{ id: merchant }], { rail: 'iso20022-file' });
    await statement([{ ...TEN, reference }]);
    await w.step(draft.id, 'request-approval');
    const refused = await w.step(draft.id, 'approve');
    expect([refused.status, refused.body.code]).toEqual([409, 'payout.stale']);
    expect(refused.body.payouts).toMatchObject([{ merchant, reason: 'bank-line-open' }]);
    expect(await w.balances(merchant)).toMatchObject({ available: 1_000, reserved: 0 });
  });
});

describe('words of the bank for no reference', () => {
  it.each(['NONREF', 'NOTPROVIDED', '----', '0000000'])('are no name of a booking: %s', async (bankReference) => {
    const { id, merchants } = await sent(1_000n, 1_000n);
    const [one, two] = merchants.map(({ number }) => number);
    const first = await statement([{ ...TEN, account: one!, bankReference }]);
    const second = await statement([{ ...TEN, account: two!, bankReference, day: LATER }]);
    expect([first, second].flatMap(results)).toEqual(['applied', 'applied']);
    expect(await w.states(id)).toEqual(['paid', 'paid']);
  });

  it('leave two equal bookings of one day, two pieces of a split payout, two bookings', async () => {
    const merchant = await w.merchant(2_000n);
    await w.policy({ maxAmount: 1_000, overMaximum: 'split' });
    const { id, payouts } = await w.submitted([merchant], { rail: 'iso20022-file' });
    await w.policy({});
    const piece = { ...TEN, account: merchant.number, bankReference: 'NONREF' };
    const told = await statement([piece, piece]);
    expect(results(told)).toEqual(['unmatched', 'unmatched']);
    expect(results(await statement([piece, piece], { messageId: 'AGAIN' }))).toEqual(['duplicate', 'duplicate']);
    for (const [at, line] of told.body.lines.entries()) {
      const matched = await w.world.maker.post(`/v1/bank-report-lines/${line.id}/match`, { payout: payouts[at].id });
      expect(matched.status).toBe(200);
    }
    expect(await w.states(id)).toEqual(['paid', 'paid']);
    expect(results(await statement([piece, piece], { messageId: 'LAST' }))).toEqual(['duplicate', 'duplicate']);
  });
});
