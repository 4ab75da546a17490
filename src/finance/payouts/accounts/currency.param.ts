import { IsCurrencyCode } from '../../../shared/fields.js';

/** Which account. */
export class CurrencyParam {
  /** ISO 4217. */
  @IsCurrencyCode()
  currency!: string;
}
