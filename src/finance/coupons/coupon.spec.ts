import fc from 'fast-check';
import { CODE_ALPHABET } from '../../shared/checked-code.js';
import { COUPON_STATES, assertTransition, maskedCode, newCouponCode, parseCouponCode, transitions } from './coupon.js';

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

it('a coupon goes where its table of transitions lets it, and the refusal says where it is', () => {
  for (const from of COUPON_STATES)
    for (const to of COUPON_STATES) {
      if (transitions[from].includes(to)) expect(() => assertTransition(from, to)).not.toThrow();
      else
        expect(() => assertTransition(from, to)).toThrow(from === 'issued' ? 'coupon.not-reserved' : `coupon.${from}`);
    }
});
