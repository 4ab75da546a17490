import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { accepted } from './accepted.js';
import { DomainError, type FieldError, type SharedErrorCode } from './domain-error.js';

/** Unknown fields are refused, and a field has one error. */
export const VALIDATION: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

/** Places that one answer names at most, so that a huge body has a small answer. */
const MAX_FIELD_ERRORS = 100;

/** A member's name as RFC 6901 writes it. */
function escaped(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

function fieldErrors(errors: readonly ValidationError[], path: string): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${path}/${escaped(error.property)}`;
    const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
    return [...own, ...fieldErrors(error.children ?? [], pointer)];
  });
}

/** Every field error of a refused request, as one `request.invalid`. */
export function invalidRequest(errors: readonly ValidationError[]): DomainError {
  return invalid(fieldErrors(errors, ''));
}

function invalid(errors: readonly FieldError[]): DomainError {
  const detail = `${errors.length} field(s) are not valid.`;
  return new DomainError<SharedErrorCode>('request.invalid', detail, errors.slice(0, MAX_FIELD_ERRORS));
}

/**
 * Throws `request.invalid` when an object in `plain`, at any depth, has a field named as a member that every object
 * inherits (`toString`, `constructor`, `__proto__` …). No DTO has such a field, but class-transformer and class-validator
 * take the inherited member for it and let it pass.
 */
export function refuseInheritedNames(plain: unknown): void {
  const found: FieldError[] = [];
  const waiting: [value: unknown, pointer: string][] = [[plain, '']];
  for (let next = waiting.pop(); next && found.length < MAX_FIELD_ERRORS; next = waiting.pop()) {
    const [value, pointer] = next;
    if (value === null || typeof value !== 'object') continue;
    for (const [name, member] of Object.entries(value)) {
      const here = `${pointer}/${escaped(name)}`;
      if (!Array.isArray(value) && name in Object.prototype)
        found.push({ pointer: here, detail: `property ${name} should not exist` });
      else waiting.push([member, here]);
    }
  }
  if (found.length > 0) throw invalid(found);
}

/** `plain` as its DTO class says, for what does not arrive as one request's body. Throws `request.invalid`. */
export function validated<T extends object>(type: new () => T, plain: unknown): T {
  if (plain === null || typeof plain !== 'object' || Array.isArray(plain))
    throw new DomainError<SharedErrorCode>('request.invalid', 'This must be a JSON object.', []);
  return accepted(type, plain) ?? explained(type, plain);
}

/** {@link validated} by class-validator, which says what is wrong. */
export function explained<T extends object>(type: new () => T, plain: object): T {
  refuseInheritedNames(plain);
  const instance = plainToInstance(type, plain);
  const errors = validateSync(instance, VALIDATION);
  if (errors.length > 0) throw invalidRequest(errors);
  return instance;
}
