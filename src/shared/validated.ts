import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { DomainError, type FieldError, type SharedErrorCode } from './domain-error.js';

/** Unknown fields are refused, and a field has one error. */
export const VALIDATION: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

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
  const detail = `${all.length} field(s) are not valid.`;
  return new DomainError<SharedErrorCode>('request.invalid', detail, all.slice(0, 100));
}

/** `plain` as its DTO class says, for what does not arrive as one request's body. Throws `request.invalid`. */
export function validated<T extends object>(type: new () => T, plain: unknown): T {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain))
    throw new DomainError<SharedErrorCode>('request.invalid', 'This must be a JSON object.', []);
  const instance = plainToInstance(type, plain);
  const errors = validateSync(instance, VALIDATION);
  if (errors.length > 0) throw invalidRequest(errors);
  return instance;
}
