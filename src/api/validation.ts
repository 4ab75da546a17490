import { ValidationPipe } from '@nestjs/common';
import { invalidRequest, VALIDATION } from '../shared/validated.js';

/** Bodies and queries as their DTO says; unknown fields are refused, types are not bent in bodies. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    ...VALIDATION,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    exceptionFactory: invalidRequest,
  });
}
