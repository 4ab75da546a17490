import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateBy, ValidateNested } from 'class-validator';
import { isId, type IdKind } from './ids.js';
import { isCurrency } from './money.js';
import { isCalendarDay, isTimeZone } from './calendar.js';

/** Decorators for the fields of request bodies; each is one check, one sentence, and its part of the OpenAPI schema. */

function field(
  name: string,
  validate: (value: unknown) => boolean,
  message: string,
  schema: ApiPropertyOptions,
  options: { each?: boolean } = {},
) {
  return applyDecorators(
    ValidateBy({ name, validator: { validate, defaultMessage: () => message } }, options),
    ApiProperty(schema),
  );
}

const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Text that a column keeps as it came: well-formed, no control characters, no white space at either end. */
export function isText(value: unknown, maxLength: number): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    (value.length <= maxLength || (value.length <= 2 * maxLength && Array.from(value).length <= maxLength)) &&
    value.trim() === value &&
    !unprintable.test(value)
  );
}

/** {@link isText} of 1 to `maxLength` characters (code points, as a column counts); with `each` the items of a list. */
export function IsText(maxLength: number, options: { each?: boolean } = {}) {
  return field(
    'isText',
    (value) => isText(value, maxLength),
    `must be text of 1–${maxLength} characters, without control characters or white space at its ends`,
    options.each === true
      ? { type: 'array', items: { type: 'string', minLength: 1, maxLength } }
      : { minLength: 1, maxLength },
    options,
  );
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;
const EARLIEST = Date.parse('1970-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether this is an RFC 3339 moment that exists, between the years 1970 and 9999. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !rfc3339.test(value)) return false;
  const time = Date.parse(value.toUpperCase());
  // Date.parse takes the 31st of February for the 3rd of March.
  return (
    time >= EARLIEST &&
    time <= LATEST &&
    new Date(`${value.slice(0, 10)}T00:00:00Z`).getUTCDate() === +value.slice(8, 10)
  );
}

/** {@link isInstant}; read it with `new Date(value)`. */
export function IsInstant() {
  return field('isInstant', isInstant, 'must be an RFC 3339 time that exists, such as 2026-01-31T08:00:00Z', {
    format: 'date-time',
  });
}

/** A day of the calendar, YYYY-MM-DD. */
export function IsDay() {
  return field(
    'isDay',
    (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isCalendarDay(value),
    'must be a day that exists, such as 2026-01-31',
    { format: 'date' },
  );
}

/** A JSON integer that is exact, from `min` to `max`. Amounts in minor units are 0 or more unless told otherwise. */
export function IsAmount(min = 0, max = Number.MAX_SAFE_INTEGER) {
  return field(
    'isAmount',
    (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
    `must be a whole number from ${min} to ${max}`,
    { type: 'integer', minimum: min, maximum: max },
  );
}

/** An ISO 4217 currency code in capitals. */
export function IsCurrencyCode() {
  return field(
    'isCurrencyCode',
    (value) => typeof value === 'string' && isCurrency(value),
    'must be an ISO 4217 currency code in capitals',
    { pattern: '^[A-Z]{3}$' },
  );
}

/** The name of an IANA time zone. */
export function IsTimeZone() {
  return field('isTimeZone', isTimeZone, 'must be the name of an IANA time zone, such as Asia/Shanghai', {
    maxLength: 64,
  });
}

/** An id of ours of that kind; it may still name nothing. */
export function IsIdOf(kind: IdKind) {
  return field('isIdOf', (value) => typeof value === 'string' && isId(kind, value), `must be the id of a ${kind}`, {
    maxLength: 40,
  });
}

/**
 * A list of `min` to `max` objects of that DTO. Without the check for objects an empty list in the list would pass:
 * class-validator looks into nested lists and finds nothing wrong in an empty one.
 */
export function IsListOf(type: () => new () => object, min: number, max: number) {
  return applyDecorators(
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    IsObject({ each: true, message: 'must be a list of objects' }),
    ValidateNested({ each: true }),
    Type(type),
  );
}
