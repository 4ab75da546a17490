import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { accepted } from '../shared/accepted.js';
import { invalidRequest, refuseInheritedNames, VALIDATION } from '../shared/validated.js';

/** Bodies and queries as their DTO says; unknown fields are refused, whatever their name. */
class DtoPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const type = metadata.type === 'body' && (metadata.metatype as (new () => object) | undefined);
    const body = type ? accepted(type, value) : undefined;
    if (body) return Promise.resolve(body);
    // Bytes and streams are for the handler to read.
    if (metadata.type === 'query' || (metadata.type === 'body' && isJson(value))) refuseInheritedNames(value);
    return super.transform(value, metadata);
  }
}

function isJson(value: unknown): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
}

/** The pipe of every route; types are not bent in bodies. */
export function createValidationPipe(): ValidationPipe {
  return new DtoPipe({
    ...VALIDATION,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    exceptionFactory: invalidRequest,
  });
}
