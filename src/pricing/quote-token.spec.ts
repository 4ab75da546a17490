import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Storefront } from '../database/index.js';
import { VisitTokens, type PreviousToken, type Visit } from '../detection/visits/index.js';
import { DAY_MS } from '../shared/calendar.js';
import { newId } from '../shared/ids.js';
import { MAX_AMOUNT } from '../shared/money.js';
import { orderLinesHash } from './basket.js';
import { quoteSigner, type QuoteClaims } from './quote-token.js';

const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-01T00:30:00Z');
const storefront = newId('storefront');
const secret = randomBytes(32);
const tokenKeys = [{ id: 'a-long-id-of-key', secret }];
const signer = quoteSigner(tokenKeys);
const visits = new VisitTokens({ tokenKeys, blindIndexKey: secret }, { byId: () => undefined } as never);

type Touch = Visit['touches'][number];
type Rule = Pick<Storefront, 'touch' | 'attributionWindowDays'>;

/** What the token of such a visit says of who counts. */
function attributed(touches: readonly Touch[], rule: Rule, previous: PreviousToken, own = false) {
  const shop = { ...rule, id: storefront } as Storefront;
  const shopper = own && touches[0] ? visits.markOf(touches[0].merchantId, shop) : undefined;
  const visit = {
    id: newId('visit'),
    storefrontId: storefront,
    codeStatus: 'known' as const,
    touches,
    previous,
    shopper,
  };
  return visits.visitOf(visit, shop, now).attribution;
}

const previous = fc.constantFrom('none', 'used', 'expired', 'refused');
const touches = fc.array(
  fc.record<Touch>({
    merchantId: fc.constant(null).map(() => newId('merchant')),
    via: fc.constantFrom('code', 'referrer'),
    visitId: fc.constant(null).map(() => newId('visit')),
    at: fc.date({ min: new Date('2025-11-01'), max: now, noInvalidDate: true }).map((at) => at.toISOString()),
  }),
  { maxLength: 5 },
);
const rule = fc.record<Rule>({
  touch: fc.constantFrom('first', 'last'),
  attributionWindowDays: fc.integer({ min: 1, max: 3650 }),
});
const lines = fc.array(
  fc.record({
    sku: fc.string(),
    category: fc.option(fc.string()),
    quantity: fc.nat(),
    unitPrice: fc.bigInt({ min: 0n, max: MAX_AMOUNT }),
    lineTotal: fc.bigInt({ min: 0n, max: MAX_AMOUNT }),
  }),
  { maxLength: 20 },
);

const claims = fc
  .tuple(previous, touches, rule, lines, fc.boolean(), fc.bigInt({ min: 0n, max: MAX_AMOUNT }), fc.boolean())
  .map(([previous, touches, rule, basket, own, total, visited]): QuoteClaims => {
    return {
      id: newId('quote'),
      visitId: visited ? newId('visit') : null,
      attribution: visited ? attributed(touches, rule, previous, own) : null,
      previous,
      currency: 'CNY',
      linesHash: orderLinesHash(basket),
      total: total.toString(),
    };
  });

test('a quote token says what it was issued to say, with the reason in its words, in less than 200 characters', () => {
  fc.assert(
    fc.property(claims, (said) => {
      const token = signer.issue(said, later, storefront);
      expect(signer.read(token, now, storefront)).toEqual({ ...said, exp: later.getTime() / 1000 });
      expect(token.length).toBeLessThan(200);
    }),
  );
});

test('a quote token of yesterday is read today: who changes its fields raises the version', () => {
  const [merchantId, visitId] = ['mer_01kb4z7x8tenr9k0q5w3hvd2sj', 'vis_01kb4z7x8tenr9k0q5w3hvd2sj'] as const;
  const brought: Touch = { merchantId, via: 'code', visitId, at: '2025-12-31T00:00:00.000Z' };
  const pinned: QuoteClaims = {
    id: 'quo_01kb4z7x8tenr9k0q5w3hvd2sj',
    visitId,
    attribution: attributed([brought], { touch: 'last', attributionWindowDays: 30 }, 'none'),
    previous: 'none',
    currency: 'CNY',
    linesHash: orderLinesHash([]),
    total: '9007199254740993',
  };
  const fixed = quoteSigner([{ id: 'k1', secret: Buffer.alloc(32, 7) }]);
  const shop = 'sto_01kb4z7x8tenr9k0q5w3hvd2sj';
  expect(fixed.issue(pinned, later, shop)).toBe(
    'AVNpVcAIAZrJ8_UadXCZguXg47aLMgEBmsnz9Rp1cJmC5eDjtosyAQGayfP1GnVwmYLl4OO2izIAAZrJ8_UadXCZguXg47aLMgGbcbRMAAEAHgEAAANDTllPU82hjCuqDANUu1-aPsvl7RKrTY4Ruoc8LxEWEgK5RQAgAAAAAAABNQiFybxfXJ99tguvB9mS-A',
  );
});

test('a quote token keeps a window of ten years', () => {
  const at = new Date(now.getTime() - 3649 * DAY_MS).toISOString();
  const touch: Touch = { merchantId: newId('merchant'), via: 'referrer', visitId: newId('visit'), at };
  const attribution = attributed([touch], { touch: 'last', attributionWindowDays: 3650 }, 'expired', true);
  const said = { id: newId('quote'), visitId: touch.visitId, attribution, previous: 'expired' as const };
  const token = signer.issue(
    { ...said, currency: 'KWD', linesHash: orderLinesHash([]), total: '0' },
    later,
    storefront,
  );
  const read = signer.read(token, now, storefront).attribution;
  expect(read).toEqual(attribution);
  expect(read?.ownPurchase).toBe(true);
  expect(read?.reason).toMatch(/named the merchant’s WeChat ID .* window of 3650 days; no other .* it had expired\.$/);
});
