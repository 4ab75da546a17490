import { readFileSync } from 'node:fs';
import { newId } from '../../src/shared/ids.js';
import { everybody, type Anybody } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Every operation of the API, and the names that every object inherits: as fields they are unknown like any other. */

const INHERITED = [...Object.getOwnPropertyNames(Object.prototype), 'unheardOf'];

interface Operation {
  name: string;
  method: 'post' | 'put' | 'patch' | 'get';
  path: string;
  schema: any;
}

const api = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const resolved = (schema: any): any =>
  schema?.$ref
    ? api.components.schemas[schema.$ref.split('/').at(-1)]
    : schema?.allOf || schema?.anyOf
      ? resolved((schema.allOf ?? schema.anyOf)[0])
      : schema;

const operations: Operation[] = Object.entries<any>(api.paths).flatMap(([path, item]) =>
  Object.entries<any>(item).map(([method, operation]) => ({
    name: `${method} ${path}`,
    method: method as Operation['method'],
    path,
    schema: resolved(operation.requestBody?.content?.['application/json']?.schema),
  })),
);
const withBody = operations.filter(({ schema }) => schema?.properties);
const lists = operations.filter(({ method, path }) => method === 'get' && hasCursor(path));

function hasCursor(path: string): boolean {
  return api.paths[path].get.parameters?.some((parameter: any) => parameter.name === 'cursor') ?? false;
}

/** Whose id `{id}` is, by what its path says; a merchant's where it says nothing else. */
const KINDS = [
  ['merchant-applications', 'application'],
  ['bank-reports', 'bankReport'],
  ['payout-batches', 'payoutBatch'],
  ['reconciliation/{id}', 'payoutBatch'],
  ['payouts/{id}/rewards', 'payout'],
] as const;

/** An object with all those names as its own fields, as JSON text: `__proto__` too. */
const hostile = `{${INHERITED.map((name) => `"${name}":1`).join(',')}}`;

/** Where an object or a list of objects may stand in a body, three levels deep. */
function places(schema: any, depth = 0): { pointer: string; json: (inner: string) => string }[] {
  const here = { pointer: '', json: (inner: string) => inner };
  if (depth === 3) return [here];
  const below = Object.entries<any>(schema.properties ?? {}).flatMap(([name, property]) => {
    const inList = property.type === 'array';
    const inner = resolved(inList ? property.items : property);
    if (!inner?.properties) return [];
    return places(inner, depth + 1).map(({ pointer, json }) => ({
      pointer: `/${name}${inList ? '/0' : ''}${pointer}`,
      json: (text: string) => (inList ? `{"${name}":[${json(text)}]}` : `{"${name}":${json(text)}}`),
    }));
  });
  return [here, ...below];
}

describe('a field that an object inherits', () => {
  let testApp: TestApp;
  let clients: Anybody[];

  beforeAll(async () => {
    testApp = await startTestApp();
    clients = await everybody(testApp);
  });
  afterAll(() => testApp.close());

  /** As the first of everybody who may. */
  async function send({ method, path }: Operation, body?: string, query = '') {
    const kind = KINDS.find(([part]) => path.includes(part))?.[1] ?? 'merchant';
    const addressFor = (merchant?: string) =>
      path
        .replace('{id}', (kind === 'merchant' ? merchant : undefined) ?? newId(kind))
        .replace('{change}', newId('bankAccount'))
        .replace(/\{\w+\}/g, 'x');
    for (const { client, merchant } of clients) {
      const address = addressFor(merchant);
      const sender = body === undefined ? client : client.with({ 'content-type': 'application/json' });
      const answer = method === 'get' ? await sender.get(address + query) : await sender[method](address, body);
      if (answer.status !== 401 && answer.status !== 403) return answer;
    }
    throw new Error(`nobody may ${method} ${path}`);
  }

  it.each(withBody)('is unknown in every object of the body of $name', async (operation) => {
    for (const { pointer, json } of places(operation.schema)) {
      const { status, body } = await send(operation, json(hostile));
      expect([pointer, status, body.code]).toEqual([pointer, 422, 'request.invalid']);
      for (const name of INHERITED.slice(0, -1))
        expect(body.errors).toContainEqual({
          pointer: `${pointer}/${name}`,
          detail: `property ${name} should not exist`,
        });
    }
  });

  it.each(lists)('is unknown in the query of $name', async (operation) => {
    for (const name of INHERITED) {
      const { status, body } = await send(operation, undefined, `?${name}=1`);
      expect([name, status, body.code]).toEqual([name, 422, 'request.invalid']);
    }
  });

  it('is unknown in a line of a bulk import, which fails alone', async () => {
    const order = (id: string) =>
      `{"orderId":"${id}","currency":"CNY","lines":[{"sku":"a","quantity":1,"unitPrice":1,"lineTotal":1}]}`;
    const lines = INHERITED.map((name, i) => `{"order":${order(`o-${i}`).replace('"sku"', `"${name}":1,"sku"`)}}`);
    const sk = clients.at(-3)!.client.with({ 'content-type': 'application/x-ndjson' });
    const { text } = await sk.post('/v1/orders/bulk', [...lines, `{"order":${order('good')}}`].join('\n'));
    const results = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map(({ status }) => status)).toEqual([...INHERITED.map(() => 422), 201]);
  });
});
