import { createWorld, type World } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
});
afterAll(() => app.close());

/** A merchant with points, and a client with the token of their application. */
async function merchant(wechatId: string): Promise<{ id: string; own: HttpClient }> {
  const form = { wechatId, displayName: '李华的小店', consent: true };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  const { id } = body.merchant;
  const given = { asset: 'POINTS', amount: 30, reason: 'A gift.' };
  const { body: adjustment } = await world.maker.post(`/v1/merchants/${id}/adjustments`, given);
  expect((await world.checker.post(`/v1/adjustments/${adjustment.id}/approve`)).status).toBe(200);
  return { id, own: app.http.as(application.token) };
}

const ROUTES = ['balances', 'debts', 'entries', 'points', 'statements/months', 'statements?month=2026-01'];

describe('a merchant, with the token of their application', () => {
  it('sees what they have, what they owe and every entry of it, as staff do', async () => {
    const { id, own } = await merchant('own_money');
    for (const route of ROUTES) {
      const { status, body } = await own.get(`/v1/merchants/${id}/${route}`);
      expect([route, status]).toEqual([route, 200]);
      expect(body).toEqual((await world.auditor.get(`/v1/merchants/${id}/${route}`)).body);
    }
    expect((await own.get(`/v1/merchants/${id}/balances`)).body.items).toMatchObject([
      { asset: 'POINTS', available: 30 },
    ]);
    const csv = await own.with({ accept: 'text/csv' }).get(`/v1/merchants/${id}/entries`);
    expect(csv.text).toContain('POINTS,available,30,30');
  });

  it('sees nothing of another merchant, not even that there is one, and nothing else of the books', async () => {
    const [{ own }, { id: other }] = [await merchant('own_one'), await merchant('own_two')];
    for (const route of ROUTES) {
      const answers = [await own.get(`/v1/merchants/${other}/${route}`), await own.get(`/v1/merchants/mer_x/${route}`)];
      const [one, none] = answers.map(({ status, body: { code, detail } }) => [status, code, detail]);
      expect([route, one]).toEqual([route, none]);
      expect(one?.slice(0, 2)).toEqual([404, 'merchant.not-found']);
    }
    for (const path of [`/v1/merchants/${other}`, '/v1/merchants', '/v1/holds', '/v1/finance/trial-balance'])
      expect([path, (await own.get(path)).status]).toEqual([path, 401]);
  });

  it('sees nothing with a token that is not good, or of an application that nobody has approved', async () => {
    const { id } = await merchant('own_good');
    const form = { wechatId: 'own_waiting', displayName: '李华的小店', consent: true };
    const { body: waiting } = await world.pk.post('/v1/merchant-applications', form);
    expect((await app.http.as(waiting.token).get(`/v1/merchants/${id}/balances`)).status).toBe(404);
    for (const token of [`${waiting.token}x`, 'eyJhbGciOiJub25lIn0.e30.', 'nonsense'])
      expect((await app.http.as(token).get(`/v1/merchants/${id}/balances`)).status).toBe(401);
    expect((await world.sk.get(`/v1/merchants/${id}/balances`)).status).toBe(403);
  });
});
