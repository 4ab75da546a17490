import { Injectable, type PipeTransform } from '@nestjs/common';
import type { DatabaseErrorCode } from './errors.js';
import { DomainError } from '../shared/domain-error.js';
import { isId } from '../shared/ids.js';

const CODES = {
  application: 'application.not-found',
  merchant: 'merchant.not-found',
  bankAccount: 'bank-account.not-found',
} as const satisfies Record<string, DatabaseErrorCode>;

/** An id in the path. What does not even look like one names nothing. */
@Injectable()
export class KnownId implements PipeTransform<string, string> {
  constructor(private readonly kind: keyof typeof CODES) {}

  transform(value: string): string {
    if (isId(this.kind, value)) return value;
    throw new DomainError<DatabaseErrorCode>(CODES[this.kind], 'This is not one of our ids.');
  }
}
