import type { OpenAPIObject } from '@nestjs/swagger';
import type { Caller } from '../../access/index.js';

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type PathItem = OpenAPIObject['paths'][string];

/** One operation of the document, to be completed in place. */
export interface Operation {
  method: (typeof METHODS)[number];
  /** `/v1/orders/{orderId}` */
  path: string;
  spec: NonNullable<PathItem['get']>;
  callers: readonly Caller[];
}

/** The content types that a request's body may have; none without a body. */
export function bodyTypes({ spec }: Operation): string[] {
  return spec.requestBody && 'content' in spec.requestBody ? Object.keys(spec.requestBody.content) : [];
}

/** Whether an Idempotency-Key is taken: on every POST but NDJSON imports, whose lines have keys of their own. */
export function takesIdempotencyKey(operation: Operation): boolean {
  return operation.method === 'post' && !bodyTypes(operation).includes('application/x-ndjson');
}
