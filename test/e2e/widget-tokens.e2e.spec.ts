import { createStorefront, createWorld, type World } from '../support/actors.js';
import type { Answer } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SHOP = 'https://shop.example';
const said = ({ status, body }: Answer) => [status, body?.code];

let app: TestApp;
let world: World;
let next = 0;
beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
});
afterAll(() => app.close());

async function merchant(): Promise<string> {
  const form = { wechatId: `widget_${(next += 1)}`, displayName: '李华的小店', consent: true };
  const { body: application } = await world.pk.post('/v1/merchant-applications', form);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  return body.merchant.id;
}

describe('a widget on a shop’s page', () => {
  it('reads what one merchant has, with a token that the shop’s server asked for', async () => {
    const [id, other] = [await merchant(), await merchant()];
    const { status, body } = await world.sk.post(`/v1/merchants/${id}/widget-tokens`, { minutes: 15 });
    expect([status, body]).toEqual([201, { token: expect.stringMatching(/^ykw_/), expiresAt: expect.any(String) }]);
    expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    const widget = app.http.as(body.token).with({ origin: SHOP });
    const answer = await widget.get(`/v1/merchants/${id}/balances`);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, SHOP]);
    expect(answer.body).toEqual((await world.auditor.get(`/v1/merchants/${id}/balances`)).body);
    expect(said(await widget.get(`/v1/merchants/${other}/balances`))).toEqual([403, 'access.forbidden']);
    for (const path of [`/v1/merchants/${id}`, `/v1/merchants/${id}/entries`, '/v1/merchants/sessions'])
      expect([path, ...said(await widget.get(path))]).toEqual([path, 403, 'access.forbidden']);
    expect(said(await widget.post(`/v1/merchants/${id}/bank-account-changes`, {}))).toEqual([403, 'access.forbidden']);
  });

  it('works from the origins of its storefront alone', async () => {
    const id = await merchant();
    const { body } = await world.sk.post(`/v1/merchants/${id}/widget-tokens`, {});
    await createStorefront(app, world.admin, { homeUrl: 'https://other.example/', origins: ['https://other.example'] });
    for (const origin of ['https://other.example', 'https://evil.example', 'null'])
      expect(said(await app.http.as(body.token).with({ origin }).get(`/v1/merchants/${id}/balances`))).toEqual([
        403,
        'access.origin-refused',
      ]);
  });

  it('is given its token by nobody but a secret key, and no forged or foreign one counts', async () => {
    const id = await merchant();
    for (const who of [world.pk, world.admin, world.auditor])
      expect((await who.post(`/v1/merchants/${id}/widget-tokens`, {})).status).toBe(403);
    expect(said(await world.sk.post('/v1/merchants/mer_x/widget-tokens', {}))).toEqual([404, 'merchant.not-found']);
    for (const minutes of [0, 61, 1.5, '15'])
      expect(said(await world.sk.post(`/v1/merchants/${id}/widget-tokens`, { minutes }))[1]).toBe('request.invalid');
    const { body } = await world.sk.post(`/v1/merchants/${id}/widget-tokens`, {});
    const { body: visit } = await world.pk.post('/v1/visits', { url: `${SHOP}/` });
    for (const token of [`${body.token}x`, 'ykw_', `ykw_${visit.visit}`])
      expect(said(await app.http.as(token).get(`/v1/merchants/${id}/balances`))).toEqual([
        401,
        'access.unauthenticated',
      ]);
  });
});
