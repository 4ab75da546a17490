import { readFileSync } from 'node:fs';
import { createStorefront, everybody, signInAdmin, type Anybody } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  example?: string | number;
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
};

/** Each operation that reads with parameters of a query; a link (`/r/…`) and an applicant’s token are not checked as fields. */
const READS = Object.entries(document.paths)
  .filter(([path]) => path.startsWith('/v1/'))
  .flatMap(([path, operations]) => {
    const parameters = operations.get?.parameters ?? [];
    const asked = parameters.filter(({ in: where, name }) => where === 'query' && name !== 'token');
    return asked.length === 0 ? [] : [{ path, parameters, asked }];
  });

let app: TestApp;
let callers: Anybody[];
beforeAll(async () => {
  app = await startTestApp();
  callers = await everybody(app);
});
afterAll(() => app.close());

/** The address for a caller, with their own id where it is one of a merchant. */
const addressFor = (path: string, parameters: Parameter[], { merchant }: Anybody) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    path.startsWith('/v1/merchants/') && merchant !== undefined
      ? merchant
      : String(parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.example),
  );

/** What is said of a parameter. */
const saidOf = (name: string, body: any): string[] =>
  (body?.errors ?? []).filter(({ pointer }: any) => pointer === `/${name}`).map(({ detail }: any) => detail);

it('there are reads to try', () => {
  expect(READS.length).toBeGreaterThan(40);
});

it.each(READS)('a parameter that is named twice is refused: GET $path', async ({ path, parameters, asked }) => {
  const query = (name: string, example: unknown) => `${name}=${encodeURIComponent(String(example))}`;
  for (const { name, example } of asked) {
    const once = query(name, example);
    let tried = false;
    for (const caller of callers) {
      const address = addressFor(path, parameters, caller);
      const single = await caller.client.get(`${address}?${once}`);
      if ([401, 403].includes(single.status)) continue;
      // The example of a cursor is one of some lists only; the others refuse it by itself.
      const alone = saidOf(name, single.body).length;
      if (name !== 'cursor') expect([name, alone]).toEqual([name, 0]);
      const twice = await caller.client.get(`${address}?${once}&${once}`);
      expect([name, twice.status, saidOf(name, twice.body).length]).toEqual([name, 422, 1]);
      tried = true;
      break;
    }
    expect([name, tried]).toEqual([name, true]);
  }
});

it('of a link that says twice where it leads, neither is followed', async () => {
  const shop = await createStorefront(app, await signInAdmin(app));
  const to = (path: string) => `to=${encodeURIComponent(`https://shop.example/${path}`)}`;
  const link = `/r/nobody?storefront=${shop.id}&${to('one')}`;
  const [once, twice] = [await app.http.get(link), await app.http.get(`${link}&${to('two')}`)];
  expect(once.headers.get('location')).toContain('https://shop.example/one');
  expect(twice.headers.get('location') ?? '').not.toMatch(/one|two/);
});

it('an applicant’s token that is named twice opens nothing', async () => {
  const { pk } = await createStorefront(app, await signInAdmin(app));
  const form = { wechatId: 'named_twice', displayName: 'Li Wei', consent: true };
  const { id, token } = (await pk.post('/v1/merchant-applications', form)).body;
  const open = async (query: string) => (await app.http.get(`/v1/merchant-applications/${id}?${query}`)).status;
  expect(await open(`token=${token}`)).toBe(200);
  expect(await open(`token=${token}&token=${token}`)).toBe(401);
});
