import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { newId } from '../../src/shared/ids.js';
import { everybody, type Anybody } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** docs/openapi.json as a reader takes it. Each failure names what has to be added, and where. */

const api = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const at = (ref: string): any =>
  ref
    .slice(2)
    .split('/')
    .reduce((node, part) => node[part.replace(/~1/g, '/').replace(/~0/g, '~')], api);
const follow = (node: any): any => (node?.$ref ? follow(at(node.$ref)) : node);

interface Operation {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  spec: any;
}
const operations: Operation[] = Object.entries<any>(api.paths).flatMap(([path, item]) =>
  Object.entries<any>(item).map(([method, spec]) => ({ id: spec.operationId, method, path, spec }) as Operation),
);

/** What operations begin with. A new verb is added here on purpose, not by accident. */
const VERBS =
  'accept add answer approve ask cancel close complete confirm consent create deactivate dismiss download draft edit end erase export file follow import list match open place propose quote reactivate read receive redeem refresh refund refuse reject release remove replace report request requeue resend reserve reset resume retry reverse revoke rotate run set settle sign simulate start state submit suspend update void withdraw write'.split(
    ' ',
  );

const problemsOf = (check: (operation: Operation) => string | false | undefined) =>
  operations.flatMap((operation) => check(operation) || []);

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ ...api, $id: 'api' });
const complaints = (pointer: string, value: unknown): string | false => {
  const validate = ajv.getSchema(`api#${pointer}`)!;
  return !validate(value) && ajv.errorsText(validate.errors);
};
const escaped = (text: string) => encodeURIComponent(text.replace(/~/g, '~0').replace(/\//g, '~1'));

describe('each operation', () => {
  it('is named verb first, once', () => {
    const ids = operations.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(
      problemsOf(
        ({ id, method, path }) =>
          !VERBS.some((verb) => new RegExp(`^${verb}[A-Z]`).test(id)) &&
          `${method} ${path}: name its handler verb first, such as readOrder; it is ${id}`,
      ),
    ).toEqual([]);
  });

  it('says which credentials it takes and who may call', () => {
    expect(
      problemsOf(({ id, spec }) => {
        const unknown = (spec.security ?? [{ none: [] }]).flatMap((one: object) =>
          Object.keys(one).filter((scheme) => !(scheme in api.components.securitySchemes)),
        );
        return (unknown.length > 0 || !/Allowed: .+\.$/.test(spec.description)) && `${id} does not say who may call it`;
      }),
    ).toEqual([]);
    const schemesOf = (id: string) =>
      operations.find((operation) => operation.id === id)!.spec.security.flatMap((one: object) => Object.keys(one));
    expect(schemesOf('placeOrder')).toEqual(['secretKey']);
    expect(schemesOf('openVisit')).toEqual(['secretKey', 'publishableKey']);
    expect(schemesOf('approvePayoutBatch')).toEqual(['staffToken', 'staffCookie']);
    expect(schemesOf('readBalances')).toEqual([
      'staffToken',
      'staffCookie',
      'merchantSession',
      'merchantCookie',
      'widgetToken',
    ]);
    expect(schemesOf('signIn')).toEqual([]);
  });

  it('has one tag, which is described', () => {
    const described = new Set(api.tags.map(({ name }: { name: string }) => name));
    expect(
      problemsOf(({ id, spec }) => {
        const [tag, ...more] = spec.tags ?? [];
        return (
          (!described.has(tag) || more.length > 0) && `${id}: @ApiTags('${tag}') is not one of src/api/openapi/tags.ts`
        );
      }),
    ).toEqual([]);
    const used = new Set(operations.flatMap(({ spec }) => spec.tags));
    expect([...described].filter((tag) => !used.has(tag))).toEqual([]);
  });

  it('takes an Idempotency-Key when it is a POST with a body that is read whole', () => {
    const takesKey = ({ spec }: Operation) =>
      spec.parameters?.some((parameter: any) => follow(parameter).name === 'Idempotency-Key') ?? false;
    const wrong = operations.filter((operation) => takesKey(operation) !== (operation.method === 'post'));
    expect(wrong.map(({ id }) => id)).toEqual(['importOrders']);
  });

  it('needs nothing that has a default', () => {
    expect(
      problemsOf(({ id, spec }) => {
        const wrong = (spec.parameters ?? []).map(follow).find((p: any) => p.required && 'default' in p.schema);
        return wrong && `${id}: ${wrong.name} has a default and is required`;
      }),
    ).toEqual([]);
  });

  it('has an example of every request, answer and parameter, which is as its schema says', () => {
    expect(
      problemsOf(({ id, method, path, spec }) => {
        const operation = `/paths/${escaped(path)}/${method}`;
        const bodies = [
          [`${operation}/requestBody`, spec.requestBody, 'request'],
          ...Object.keys(spec.responses).map((status) => [
            spec.responses[status].$ref?.slice(1) ?? `${operation}/responses/${status}`,
            follow(spec.responses[status]),
            status,
          ]),
        ];
        for (const [pointer, body, which] of bodies) {
          for (const [type, media] of Object.entries<any>(body?.content ?? {})) {
            const examples = 'example' in media ? [media.example] : Object.values(media.examples ?? {});
            // Bytes cannot be shown in JSON.
            if (/zip|octet-stream/.test(type)) continue;
            if (examples.length === 0 && which !== 'default') return `${id}: ${which} ${type} has no example`;
            for (const example of examples) {
              const value = follow(example)?.value ?? follow(example);
              const wrong = complaints(`${pointer}/content/${escaped(type)}/schema`, value);
              if (wrong) return `${id}: the example of ${which} ${type}: ${wrong}`;
            }
          }
        }
        const bare = (spec.parameters ?? [])
          .map(follow)
          .find((p: any) => p.example === undefined && !('default' in p.schema));
        return bare && `${id}: the parameter ${bare.name} has no example; write @example in the doc comment of its DTO`;
      }),
    ).toEqual([]);
  });

  it('has an example of every property of its request and answer', () => {
    const bare = Object.entries<any>(api.components.schemas).flatMap(([name, schema]) => {
      const example = api.components.examples[name]?.value;
      if (!example || !schema.properties) return [];
      const required: string[] = schema.required ?? [];
      return required
        .filter((property) => !(property in example))
        .map((property) => `${name}.${property} has no example: write @example in its doc comment`);
    });
    expect(bare).toEqual([]);
  });
});

describe('the examples of requests', () => {
  let testApp: TestApp;
  let clients: Anybody[];
  beforeAll(async () => {
    testApp = await startTestApp();
    clients = await everybody(testApp);
  });
  afterAll(() => testApp.close());

  const withBody = operations.filter(({ spec }) => spec.requestBody?.content['application/json']);

  it.each(withBody)('$id is a request as the API takes it', async ({ method, path, spec, id }) => {
    const kind = path.includes('merchant-applications') ? 'application' : 'merchant';
    const addressFor = (merchant?: string) =>
      path
        .replace('{id}', (kind === 'merchant' ? merchant : undefined) ?? newId(kind))
        .replace('{change}', newId('bankAccount'))
        .replace('{currency}', 'EUR')
        .replace(/\{\w+\}/g, 'x');
    const media = spec.requestBody.content['application/json'];
    const body = media.example ?? follow(media.examples.example).value;
    for (const { client, merchant } of clients) {
      const answer = await client[method as 'post'](addressFor(merchant), body);
      const isRefused = answer.status === 403 || answer.body?.code === 'access.unauthenticated';
      if (isRefused) continue;
      expect([id, answer.body?.code, answer.body?.errors]).not.toEqual([id, 'request.invalid', expect.anything()]);
      expect(answer.status).toBeLessThan(500);
      // Whatever it answers is one of the answers that the document names.
      expect(Object.keys(spec.responses)).toContain(String(answer.status));
      if (answer.status >= 400) {
        const { content } = follow(spec.responses[answer.status]);
        const problem = content['application/problem+json'];
        // WeChat Pay's notifications are answered in its own form.
        if (problem) expect(Object.keys(problem.examples)).toContain(answer.body.code);
        else expect(Object.keys(content)).toEqual(['application/json']);
      }
      return;
    }
    throw new Error(`nobody may ${id}`);
  });
});
