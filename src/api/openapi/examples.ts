import type { OpenAPIObject } from '@nestjs/swagger';
import { EXAMPLES, exampleByName, exampleId } from './example-values.js';
import type { Operation } from './operation.js';

type Schema = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], { $ref: string }>;
type Json = unknown;

/**
 * Gives every request, answer and parameter an example. In this order: the example of a whole schema (example-values.ts),
 * `@example` in the doc comment of a DTO's property, and what the property's name, description, enum or format says.
 */
export function addExamples(document: OpenAPIObject, operations: readonly Operation[]): void {
  const schemas = document.components?.schemas ?? {};
  const examples = document.components?.examples ?? {};
  const make = new ExampleMaker(schemas as Record<string, Schema>);
  for (const operation of operations) {
    for (const { role, content } of contentsOf(operation)) {
      for (const [type, media] of Object.entries(content)) {
        if (type === 'application/problem+json' || !media.schema || 'example' in media) continue;
        const name = '$ref' in media.schema ? nameOf(media.schema.$ref) : null;
        if (name === null) {
          const text = EXAMPLES[`${operation.spec.operationId ?? ''} ${role} ${type}`] ?? make.of(media.schema);
          if (text !== undefined) media.example = text;
        } else {
          examples[name] ??= { value: make.of(media.schema) };
          media.examples = { example: { $ref: `#/components/examples/${name}` } };
        }
      }
    }
    for (const parameter of operation.spec.parameters ?? []) {
      if ('$ref' in parameter || parameter.example !== undefined || !parameter.schema) continue;
      const value =
        parameter.in === 'path' ? pathExample(operation.path, parameter.name) : make.of(parameter.schema, parameter);
      if (value !== undefined) parameter.example = value;
    }
  }
  document.components = { ...document.components, examples };
}

function contentsOf({ spec }: Operation) {
  const bodies = [
    { role: 'request', body: spec.requestBody },
    ...Object.values(spec.responses).map((body) => ({ role: 'answer', body })),
  ];
  return bodies.flatMap(({ role, body }) =>
    body && 'content' in body && body.content ? [{ role, content: body.content }] : [],
  );
}

function nameOf(ref: string): string {
  return ref.split('/').at(-1) ?? ref;
}

const PATH_PREFIXES: Readonly<Record<string, string>> = {
  merchants: 'mer',
  staff: 'stf',
  changes: 'scg',
  keys: 'key',
  storefronts: 'sto',
  visits: 'vis',
  'order-events': 'evt',
  'price-rules': 'prl',
  'reward-rules': 'rrl',
  'merchant-applications': 'app',
  'bank-account-changes': 'bac',
  rewards: 'rwd',
  adjustments: 'adj',
  holds: 'hld',
  'points-lots': 'lot',
  'payout-batches': 'pba',
  payouts: 'pay',
  'payout-schedules': 'psc',
  'bank-reports': 'bkr',
  reconciliation: 'pba',
  journals: 'jnl',
  requests: 'pbr',
  sessions: 'ses',
  'failure-statements': 'pfs',
  'payout-contradictions': 'pct',
};

/** An id of the kind that the segment before it names, or what the parameter's name says. */
function pathExample(path: string, name: string): Json {
  const segments = path.split('/');
  const before = segments[segments.indexOf(`{${name}}`) - 1] ?? '';
  if (before === 'bank-report-lines') return `${exampleId('bkr')}-1`;
  if (before === 'r') return '7KQ4M2XC';
  const prefix = PATH_PREFIXES[before];
  const isOurs = ['id', 'change', 'key', 'request', 'session', 'statement'].includes(name) && prefix !== undefined;
  return isOurs ? exampleId(prefix) : exampleByName(before === 'coupon-templates' ? 'template' : name, '');
}

class ExampleMaker {
  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  /** An example of a schema; undefined when nothing says one. */
  of(schema: Schema | { $ref: string }, named: { name?: string; description?: string | undefined } = {}): Json {
    if ('$ref' in schema) {
      const name = nameOf(schema.$ref);
      const target = this.schemas[name];
      return EXAMPLES[name] ?? (target && this.of(target, { name }));
    }
    if (schema.example !== undefined) return schema.example;
    const [inner] = schema.allOf ?? schema.anyOf ?? schema.oneOf ?? [];
    if (inner) return this.of(inner, named);
    if (schema.properties) return this.object(schema, named.name ?? '');
    const said = exampleByName(named.name ?? '', schema.description ?? named.description ?? '');
    if (schema.type === 'array') {
      if (Array.isArray(said)) return said;
      const item = schema.items && this.of(schema.items, named);
      return item === undefined ? undefined : [item];
    }
    const candidates = [said, schema.default, schema.enum?.[0], byFormat(schema)] as Json[];
    return candidates.find((candidate) => fits(candidate, schema)) ?? byType(schema);
  }

  private object(schema: Schema, name: string): Json {
    const entries = Object.entries(schema.properties ?? {}).map(([property, inner]) => {
      const value = EXAMPLES[`${name}.${property}`] ?? this.of(inner, { name: property });
      return [property, value] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
}

function byFormat({ format }: Schema): Json {
  if (format === 'date') return '2026-03-02';
  return format === 'date-time' ? '2026-03-02T09:30:00.000Z' : undefined;
}

/** Whether a value said by a name is one that the schema takes. */
function fits(value: Json, schema: Schema): boolean {
  const { type, minimum, maximum, maxLength, pattern, format, enum: options } = schema;
  const types: unknown[] = Array.isArray(type) ? type : [type];
  if (options && !(options as Json[]).includes(value)) return false;
  switch (typeof value) {
    case 'number':
      return types.includes('integer') && value >= (minimum ?? value) && value <= (maximum ?? value);
    case 'string':
      return (
        types.includes('string') &&
        value.length <= (maxLength ?? value.length) &&
        (pattern === undefined || new RegExp(pattern, 'u').test(value)) &&
        (format !== 'date' || /^\d{4}-\d{2}-\d{2}$/.test(value)) &&
        (format !== 'date-time' || /^\d{4}-\d{2}-\d{2}T/.test(value))
      );
    case 'boolean':
      return types.includes('boolean');
    default:
      return value === null && types.includes('null');
  }
}

function byType({ type, minimum, maximum }: Schema): Json {
  const types: unknown[] = Array.isArray(type) ? type : [type];
  if (types.includes('integer')) return (maximum ?? 1) < 1 ? maximum : (minimum ?? 1);
  if (types.includes('boolean')) return true;
  if (types.includes('object')) return {};
  return types.includes('null') ? null : undefined;
}
