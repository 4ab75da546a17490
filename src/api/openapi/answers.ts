import { isForBrowsers } from '../../access/index.js';
import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import { problems } from '../problems/index.js';
import { isOpen } from './access.js';
import { bodyTypes, takesIdempotencyKey, type Operation } from './operation.js';
import { operationCodes } from './operation-codes.js';

const PROBLEM = {
  type: 'object' as const,
  description: 'A refusal or failure (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' as const, description: 'A URN with the code.' },
    title: { type: 'string' as const, description: 'The same for every problem of this code.' },
    status: { type: 'integer' as const, description: 'The HTTP status.' },
    detail: { type: 'string' as const, description: 'What it was this time.' },
    instance: { type: 'string' as const, description: 'The path that was asked for.' },
    code: {
      type: 'string' as const,
      enum: Object.keys(problems).sort(),
      description: 'Stable: what a program should look at. Later versions may know more of them.',
    },
    by: {
      type: 'string' as const,
      description: 'Of a conflict: the id of who was faster (staff: `GET /v1/staff/names`). Absent: not known.',
    },
    at: {
      type: 'string' as const,
      format: 'date-time',
      description: 'Of a conflict: when they did it. RFC 3339.',
    },
    requestId: {
      type: 'string' as const,
      description: 'As in `X-Request-Id`: the log tells more of the request by it.',
    },
    errors: {
      type: 'array' as const,
      description: 'Of `request.invalid`: every place that is wrong.',
      items: {
        type: 'object' as const,
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string' as const, description: 'RFC 6901' },
          detail: { type: 'string' as const, description: 'What is wrong there.' },
        },
      },
    },
  },
};

/** Says of each operation with which codes it refuses or fails, by status, each with an example. */
export function addAnswers(document: OpenAPIObject, operations: readonly Operation[]): void {
  const used = new Set<string>();
  const responses: Record<string, ReturnType<typeof answerOf>> = { problem: answerOf([]) };
  for (const operation of operations) {
    const byStatus = new Map<number, string[]>();
    for (const code of codesOf(operation)) {
      const status = problems[code]?.status ?? 500;
      byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
    }
    // What a controller says itself, for a caller with a form of its own, stays.
    for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
      if (operation.spec.responses[String(status)]) continue;
      // Many operations refuse with the same codes: each set stands in the document once.
      const name = codes.join('_');
      responses[name] ??= answerOf(codes);
      for (const code of codes) used.add(code);
      operation.spec.responses[String(status)] = { $ref: `#/components/responses/${name}` };
    }
    for (const [status, answer] of Object.entries(operation.spec.responses))
      if (answer && 'description' in answer && answer.description === '')
        answer.description = STATUS_CODES[status] ?? status;
    operation.spec.responses.default = { $ref: '#/components/responses/problem' };
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM },
    responses,
    examples: Object.fromEntries([...used].sort().map((code) => [code, { value: exampleOf(code) }])),
  };
}

/** Operations at which people could guess or flood. */
const LIMITED = new Set([
  'signIn',
  'signInMerchant',
  'requestSignInCode',
  'requestConfirmationCode',
  'requestContactCode',
  'replacePassword',
  'replaceRecoveryCodes',
]);

/** Every code that an operation can answer. */
function codesOf(operation: Operation): string[] {
  const { callers, spec, method } = operation;
  const own = operationCodes[spec.operationId ?? ''] ?? [];
  const types = bodyTypes(operation);
  const isChange = method !== 'get';
  // Fields of a query and a path are checked as those of a body are, and a body is refused where none is read.
  const checks =
    (isChange && types.length === 0) ||
    (spec.parameters?.some(
      (parameter) => 'in' in parameter && (parameter.in === 'query' || isPattern(parameter.schema)),
    ) ??
      false);
  const forBrowsers = isForBrowsers(callers);
  const edge = [
    ...(isOpen(callers) && !forBrowsers ? [] : ['access.unauthenticated']),
    ...(isOpen(callers) ? [] : ['access.forbidden']),
    ...(callers.includes('merchant') && !callers.includes('applicant') ? ['access.sign-in-required'] : []),
    // Whoever has a session cookie may call anything; what they may not is told after where the call comes from.
    ...(forBrowsers || (isChange && !isOpen(callers)) ? ['access.origin-refused'] : []),
    ...(types.length > 0 ? ['request.too-large', 'request.unsupported-media-type'] : []),
    ...(types.length > 0 ? ['request.malformed', 'request.invalid'] : []),
    ...(checks ? ['request.invalid'] : []),
    ...(takesIdempotencyKey(operation)
      ? ['idempotency.key-invalid', 'idempotency.key-reused', 'idempotency.in-progress']
      : []),
    ...(forBrowsers || LIMITED.has(spec.operationId ?? '') ? ['request.too-many'] : []),
    'service.internal',
    'service.database-away',
  ];
  return [...new Set([...own, ...edge])].sort();
}

function isPattern(schema: object | undefined): boolean {
  return schema !== undefined && 'pattern' in schema;
}

function answerOf(codes: readonly string[]) {
  const titles = codes.map((code) => `- \`${code}\`: ${problems[code]?.title ?? ''}`);
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: codes.length > 0 ? titles.join('\n') : 'Any other problem (RFC 9457)',
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        ...(codes.length > 0 && { examples }),
      },
    },
  };
}

function exampleOf(code: string) {
  const { status, title } = problems[code] ?? { status: 500, title: '' };
  return {
    type: `urn:yinke:problem:${code}`,
    title,
    status,
    detail: code === 'request.invalid' ? '1 field(s) are not valid.' : `${title}.`,
    code,
    ...(code === 'request.invalid' && {
      errors: [{ pointer: '/lines/0/quantity', detail: 'must be a whole number from 1 to 1000000' }],
    }),
  };
}
