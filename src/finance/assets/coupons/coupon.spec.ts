import fc from 'fast-check';
import { CODE_ALPHABET } from '../../../shared/checked-code.js';
import {
  assertTransition,
  compareCoupons,
  COUPON_STATES,
  maskedCode,
  newCouponCode,
  parseCouponCode,
  refusal,
  type Coupon,
  type CouponState,
} from './coupon.js';
import type { CouponId } from '../../../shared/ids.js';

describe('a coupon code', () => {
  it('cannot be guessed: 104 random bits, and a check letter', () => {
    let picked = 0;
    const code = newCouponCode((letters) => {
      picked += 1;
      return letters - 1;
    });
    expect([code.length, picked, picked * Math.log2(31) > 100]).toEqual([22, 21, true]);
    expect(new Set(Array.from({ length: 1_000 }, () => newCouponCode())).size).toBe(1_000);
  });

  it('may be typed in any case with dashes, and one wrong letter or two letters swapped are noticed', () => {
    const letters = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 21, maxLength: 21 });
    fc.assert(
      fc.property(letters, fc.nat(20), fc.constantFrom(...Array.from(CODE_ALPHABET)), (body, place, other) => {
        const code = newCouponCode(() => body.shift() ?? 0);
        expect(parseCouponCode(code.toLowerCase().replace(/(.{4})/g, '$1- '))).toBe(code);
        const wrong = code.slice(0, place) + other + code.slice(place + 1);
        if (wrong !== code) expect(parseCouponCode(wrong)).toBeNull();
        const swapped = code.slice(0, place) + code.charAt(place + 1) + code.charAt(place) + code.slice(place + 2);
        if (swapped !== code) expect(parseCouponCode(swapped)).toBeNull();
      }),
    );
  });

  it('is shown by its end alone to whoever may not use it', () => {
    expect(maskedCode('2345678923456789234567')).toBe('…4567');
  });

  it.each(['', 'short', '2'.repeat(23), '../etc', '𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝟚𝟛𝟜𝟝𝟞𝟟'])('is not %p', (typed) => {
    expect(parseCouponCode(typed)).toBeNull();
  });
});

/** Every move that there is; whatever is not here is refused. */
const MOVES: Record<CouponState, CouponState[]> = {
  issued: ['reserved', 'held', 'redeemed', 'expired', 'revoked'],
  reserved: ['issued', 'redeemed', 'revoked'],
  held: ['issued', 'revoked'],
  redeemed: ['issued', 'revoked'],
  expired: [],
  revoked: [],
};

describe('a coupon', () => {
  it.each(COUPON_STATES.flatMap((from) => COUPON_STATES.map((to) => [from, to] as const)))(
    'that is %s becomes %s only if that is a move',
    (from, to) => {
      const move = () => assertTransition(from, to);
      if (MOVES[from].includes(to)) expect(move).not.toThrow();
      else expect(move).toThrow(from === 'issued' ? 'coupon.not-reserved' : `coupon.${from}`);
    },
  );

  it.each<[CouponState, RegExp]>([
    ['issued', /not reserved for this order/],
    ['reserved', /reserved for another order/],
    ['held', /coupon is \w+/],
    ['redeemed', /has been redeemed/],
    ['expired', /has expired/],
    ['revoked', /was taken back/],
  ])('that is %s says so to whoever cannot use it', (state, why) => {
    expect(refusal(state).detail).toMatch(why);
  });

  it('is taken before one that expires later, before one that never expires, and of equal ones by its id', () => {
    const coupon = (id: CouponId, expiresAt: Date | null): Coupon => ({
      id,
      code: 'code',
      merchantId: 'mer_a',
      template: 'tea',
      rewardId: null,
      state: 'issued',
      issuedAt: new Date(0),
      expiresAt,
    });
    const order = [
      coupon('cpn_d', new Date(1)),
      coupon('cpn_e', new Date(2)),
      coupon('cpn_f', new Date(2)),
      coupon('cpn_a', null),
      coupon('cpn_b', null),
    ];
    order.forEach((one, at) =>
      order.forEach((other, place) => expect(compareCoupons(one, other)).toBe(Math.sign(at - place))),
    );
  });
});
