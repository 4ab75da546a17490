/** What a coupon takes off an order. */
export class CouponWorthDto {
  /** The currency of the orders that it is for. */
  currency!: string;

  /** A face value, or a share. */
  kind!: 'amount-off' | 'percent-off';

  /** The face value; null with `percent-off`. */
  amount!: number | null;

  /** Basis points; null with `amount-off`. */
  rateBps!: number | null;

  /** The most that a share comes to; null: no limit. */
  maxAmount!: number | null;

  /** The least that must be spent; null: any amount. */
  minimumSpend!: number | null;
}
