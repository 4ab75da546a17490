import type { OpenAPIObject } from '@nestjs/swagger';
import { takesIdempotencyKey, type Operation } from './operation.js';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description:
    'The same key and body again within a day are answered what the first request was, with `Idempotency-Replayed: true`.',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
  example: '0d6f0e6c-6f5f-4d53-9c1c-0f7c0c9e2f4b',
};

const CSV = { 'text/csv': { schema: { type: 'string' as const } } };

/** What has a default need not be sent; the header by which CSV is asked for is a content type of the answer. */
export function addParameters(document: OpenAPIObject, operations: readonly Operation[]): void {
  document.components = { ...document.components, parameters: { IdempotencyKey: IDEMPOTENCY_KEY } };
  for (const operation of operations) {
    const { spec } = operation;
    const given = spec.parameters ?? [];
    const isAccept = (parameter: (typeof given)[number]) =>
      'in' in parameter && parameter.in === 'header' && parameter.name.toLowerCase() === 'accept';
    const answer = spec.responses['200'];
    if (given.some(isAccept) && answer && 'content' in answer) answer.content = { ...answer.content, ...CSV };
    spec.parameters = given.filter((parameter) => !isAccept(parameter));
    for (const parameter of spec.parameters) {
      if (!('schema' in parameter) || !parameter.schema || !('default' in parameter.schema)) continue;
      if (parameter.schema.default !== undefined) parameter.required = false;
    }
    if (takesIdempotencyKey(operation)) spec.parameters.push({ $ref: '#/components/parameters/IdempotencyKey' });
    if (spec.parameters.length === 0) delete spec.parameters;
  }
  for (const schema of Object.values(document.components.schemas ?? {})) {
    if ('$ref' in schema || !schema.required) continue;
    const { properties = {} } = schema;
    schema.required = schema.required.filter((name) => {
      const property = properties[name];
      return !(property && 'default' in property);
    });
    if (schema.required.length === 0) delete schema.required;
  }
}
