import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError, type FieldError } from '../shared/domain-error.js';

function fieldErrors(errors: readonly ValidationError[], path: string): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${path}/${error.property.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
    return [...own, ...fieldErrors(error.children ?? [], pointer)];
  });
}

/** Every field error of a refused request, as one `request.invalid`; at most 100, so that a huge body has a small answer. */
export function invalidRequest(errors: readonly ValidationError[]): DomainError {
  const all = fieldErrors(errors, '');
  return new DomainError('request.invalid', `${all.length} field(s) are not valid.`, all.slice(0, 100));
}

/** Bodies and queries as their DTO says; unknown fields are refused, types are not bent in bodies. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: invalidRequest,
  });
}
