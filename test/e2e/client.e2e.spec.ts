import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createWorld } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** A client generated from docs/openapi.json. */

/** Not by name, since the file has types only where it is compiled below. */
const CLIENT: string = '../client/shop.js';

const tool = (name: string, ...args: string[]) =>
  execFileSync(process.execPath, [resolve('node_modules', name), ...args], { encoding: 'utf8' });

it('compiles with the types that openapi-typescript makes of the document', () => {
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync(resolve('.data/client-'));
  const types = join(folder, 'api.d.ts');
  tool('openapi-typescript/bin/cli.js', 'docs/openapi.json', '--output', types);
  const compilerOptions = { noEmit: true, rootDir: '/', types: [], paths: { 'yinke-api': [types] } };
  const project = join(folder, 'tsconfig.json');
  const files = [resolve('test/client/shop.ts')];
  writeFileSync(project, JSON.stringify({ extends: resolve('tsconfig.json'), compilerOptions, files, include: [] }));
  try {
    tool('typescript/bin/tsc', '--project', project);
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout, { cause: error });
  }
});

describe('a shop with that client', () => {
  let testApp: TestApp;
  beforeAll(async () => {
    testApp = await startTestApp();
  });
  afterAll(() => testApp.close());

  it('sells what a merchant brought', async () => {
    const { sell } = await import(CLIENT);
    const { storefront, pk, reviewer } = await createWorld(testApp);
    const form = { wechatId: 'client_one', displayName: 'One', consent: true };
    const { body: applied } = await pk.post('/v1/merchant-applications', form);
    const { body } = await reviewer.post(`/v1/merchant-applications/${applied.id}/approve`, {});
    expect(await sell(testApp.baseUrl, storefront, body.merchant.code)).toEqual({
      merchant: body.merchant.id,
      state: 'completed',
      paid: 10_000,
      refusal: 'order.already-completed',
    });
  });
});
