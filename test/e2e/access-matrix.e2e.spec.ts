import { readFileSync } from 'node:fs';
import { RouteCheck } from '../../src/access/route-check.js';
import { accessMatrix, CALLER_KINDS } from '../../src/api/openapi/access-matrix.js';
import { createStaff, createWorld, firstSignIn } from '../support/actors.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Role } from '../../src/access/principal.js';

/** Somebody of one kind, and the ids of what is their own. */
interface Somebody {
  client: HttpClient;
  merchant?: string;
  application?: string;
}

const REFUSALS = ['access.unauthenticated', 'access.forbidden', 'access.sign-in-required'];

let app: TestApp;
/** Somebody else, who is there. */
let stranger: { merchant: string; application: string };
let kinds: Record<string, () => Promise<Somebody>>;
/** By route, the verdict for each kind of caller, as the page has it. */
let page: Map<string, Record<string, string>>;

beforeAll(async () => {
  app = await startTestApp({ YINKE_DIRECTORY_REFRESH_MS: '100' });
  const world = await createWorld(app);
  let forms = 0;
  const applied = async () => {
    const form = { wechatId: `matrix_${(forms += 1)}`, displayName: 'Li Wei', consent: true };
    return (await world.pk.post('/v1/merchant-applications', form)).body as { id: string; token: string };
  };
  const approved = async () => {
    const { id, token } = await applied();
    const { body } = await world.reviewer.post(`/v1/merchant-applications/${id}/approve`, {});
    return { application: id, token, merchant: body.merchant.id as string };
  };
  stranger = await approved();
  const of = (role: Role) => async () => ({ client: await createStaff(app, world.admin, [role]) });
  kinds = {
    nobody: () => Promise.resolve({ client: app.http }),
    'publishable key': () => Promise.resolve({ client: world.pk }),
    'secret key': () => Promise.resolve({ client: world.sk }),
    applicant: async () => {
      const { id, token } = await applied();
      return { client: app.http.as(token), application: id };
    },
    widget: async () => {
      const { merchant } = await approved();
      const { body } = await world.sk.post(`/v1/merchants/${merchant}/widget-tokens`, { minutes: 15 });
      return { client: app.http.as(body.token), merchant };
    },
    merchant: async () => {
      const { token, ...own } = await approved();
      return { client: await firstSignIn(app.http, token), ...own };
    },
    admin: of('admin'),
    reviewer: of('reviewer'),
    'finance-maker': of('finance-maker'),
    'finance-checker': of('finance-checker'),
    auditor: of('auditor'),
  };
  const lines = readFileSync('docs/access-matrix.md', 'utf8').split('\n');
  const cells = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
  const columns = cells[0]!.slice(1);
  page = new Map(
    cells
      .slice(2)
      .map(([route, ...verdicts]) => [
        route!.replaceAll('`', ''),
        Object.fromEntries(columns.map((kind, index) => [kind, verdicts[index]!])),
      ]),
  );
});
afterAll(() => app.close());

async function call(route: string, { client }: Somebody, own: { merchant?: string; application?: string }) {
  const [method = '', path = ''] = route.split(' ');
  const id = path.startsWith('/v1/merchant-applications/') ? own.application : own.merchant;
  const address = path.replace(/:id/, id ?? 'unknown').replace(/:\w+/g, 'unknown');
  if (method === 'GET') return client.get(address);
  if (method === 'DELETE') return client.delete(address);
  if (method === 'PUT') return client.put(address, {});
  return method === 'PATCH' ? client.patch(address, {}) : client.post(address, {});
}

/** What the answer says of who may call; what refuses an allowed call for another reason is `yes`. */
function verdict({ status, body }: Answer): string {
  return REFUSALS.includes(body?.code) ? String(status) : 'yes';
}

it('stands in the docs as the routes declare it', () => {
  const written = readFileSync('docs/access-matrix.md', 'utf8');
  expect(written).toBe(accessMatrix(app.app.get(RouteCheck).routes));
  expect([...page.keys()].length).toBeGreaterThan(150);
});

it.each(Object.keys(CALLER_KINDS))('is what %s meets at every route', async (kind) => {
  const differs: string[] = [];
  let somebody = await kinds[kind]!();
  for (const [route, verdicts] of page) {
    const expected = verdicts[kind]!;
    const mine = verdict(await call(route, somebody, { application: stranger.application, ...somebody }));
    if (mine !== (expected === 'own' ? 'yes' : expected)) differs.push(`${route}: ${expected}, and was ${mine}`);
    if (expected === 'own') {
      const others = verdict(await call(route, somebody, stranger));
      if (others !== '403') differs.push(`${route} of another: ${others}`);
    }
    // These end the session that calls, and with it what the next route would tell.
    if (/sessions|recovery|close/.test(route)) somebody = await kinds[kind]!();
  }
  expect(differs).toEqual([]);
});
