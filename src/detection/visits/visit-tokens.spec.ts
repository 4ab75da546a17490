import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import fc from 'fast-check';
import { Config } from '../../core/config.js';
import { MerchantDirectory, type Storefront } from '../../database/index.js';
import { MAX_TOUCHES, type Touch } from './attribution.js';
import { VisitTokens, visitSigner, type VisitClaims } from './visit-tokens.js';
import { newId, type MerchantId } from '../../shared/ids.js';

const DAY = 86_400_000;
const start = new Date('2026-01-01T00:00:00.000Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const shop: Storefront = {
  id: 'sto_1',
  name: 'Shop',
  currency: 'CNY',
  homeUrl: 'https://shop.example/',
  origins: [],
  codeParameter: 'm',
  attributionWindowDays: 30,
  touch: 'last',
  askAgainDays: null,
  timeZone: 'Asia/Shanghai',
};
const key = Buffer.alloc(32, 7);
const ANN: MerchantId = `mer_${'1'.padStart(26, '0')}`;
const BOB: MerchantId = `mer_${'2'.padStart(26, '0')}`;
const wechatIds: Partial<Record<string, string>> = { [ANN]: 'wx_ann', [BOB]: 'wx_bob' };
const merchants = { byId: (id: string) => wechatIds[id] && { wechatId: wechatIds[id] } };
let tokens: VisitTokens;
beforeAll(async () => {
  const module = await Test.createTestingModule({
    providers: [
      VisitTokens,
      { provide: Config, useValue: { tokenKeys: [{ id: 'k1', secret: key }], blindIndexKey: key } },
      { provide: MerchantDirectory, useValue: merchants },
    ],
  }).compile();
  tokens = module.get(VisitTokens);
});
const touch = (merchantId: MerchantId, at = start): Touch => ({
  merchantId,
  via: 'code',
  visitId: `vis_${merchantId.slice(4)}`,
  at: at.toISOString(),
});
const claims = (more: Partial<VisitClaims> = {}): VisitClaims => ({
  id: `vis_${'1'.padStart(26, '0')}`,
  storefrontId: shop.id,
  codeStatus: 'known',
  touches: [touch(ANN)],
  previous: 'none',
  ...more,
});

describe('a visit token', () => {
  it('attributes up to the last moment of its window and then has expired', () => {
    const { token, expiresAt } = tokens.issue(claims(), shop, start);
    expect(expiresAt).toEqual(after(30 * DAY));
    expect(tokens.read(token, shop, after(30 * DAY - 1000)).attribution?.merchantId).toBe(ANN);
    expect(() => tokens.read(token, shop, after(30 * DAY))).toThrow('expired');
  });

  it('that an answer keeps alive attributes no longer than its window', () => {
    const answer = { brought: false, settled: true, at: start.toISOString() };
    const long = { ...shop, askAgainDays: 90 };
    const { token, expiresAt } = tokens.issue(claims({ answer }), long, start);
    expect(expiresAt).toEqual(after(90 * DAY));
    expect(tokens.read(token, long, after(30 * DAY - 1)).attribution?.merchantId).toBe(ANN);
    expect(tokens.read(token, long, after(30 * DAY))).toMatchObject({ attribution: null, answer });
    // A short one ends nothing before its time.
    expect(tokens.issue(claims({ answer }), { ...shop, askAgainDays: 1 }, start).expiresAt).toEqual(after(30 * DAY));
  });

  it('of yesterday is read today: who changes its fields raises the version', () => {
    expect(tokens.issue(claims(), shop, start).token).toBe(
      'AQ1pfUYAAAAAAAAAAAAAAAAAAAAAAQABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAABAZt22qgAAAAAIWWpf-tdgYGJ1SqD9Q9NLg',
    );
  });

  it('is read by its storefront alone, also where the window of the other is the same', () => {
    const { token } = tokens.issue(claims(), shop, start);
    expect(() => tokens.read(token, { ...shop, id: 'sto_2' }, start)).toThrow('token.invalid');
  });

  it('is judged by the window and the touch that the storefront has now', () => {
    const touches = [touch(ANN, start), touch(BOB, after(DAY))];
    const { token } = tokens.issue(claims({ touches }), shop, after(DAY));
    const read = (settings: Partial<Storefront>) => tokens.read(token, { ...shop, ...settings }, after(2 * DAY));
    expect(read({}).attribution?.merchantId).toBe(BOB);
    expect(read({ touch: 'first' }).attribution?.merchantId).toBe(ANN);
    expect(read({ touch: 'first', attributionWindowDays: 2 }).attribution?.merchantId).toBe(BOB);
    expect(read({ attributionWindowDays: 1 }).attribution).toBeNull();
  });
});

describe('the shopper’s reference', () => {
  const shopperOf = (reference: string, touches = [touch(ANN), touch(BOB, after(1))], storefront = shop) =>
    tokens.visitOf(claims({ touches, shopper: tokens.markOf(reference, storefront) }), shop, after(DAY));

  it('says which of the merchants the shopper is, by WeChat ID or id', () => {
    for (const reference of ['wx_bob', 'WX_BOB', 'ｗｘ＿ｂｏｂ', BOB])
      expect(shopperOf(reference)).toMatchObject({ shopperIs: BOB, attribution: { ownPurchase: true } });
    const other = shopperOf('wx_ann');
    expect(other.shopperIs).toBe(ANN);
    expect(other.attribution).not.toHaveProperty('ownPurchase');
  });

  it('says nothing of anybody else, without one, or when it was given to another storefront', () => {
    expect(shopperOf('wx_cem').shopperIs).toBeNull();
    expect(tokens.visitOf(claims(), shop, start).shopperIs).toBeNull();
    expect(shopperOf('wx_bob', undefined, { ...shop, id: 'sto_2' }).shopperIs).toBeNull();
    expect(shopperOf('undefined', [touch('mer_gone')]).shopperIs).toBeNull();
  });
});

describe('what a visit token says', () => {
  const signer = visitSigner([{ id: 'a-long-id-of-key', secret: randomBytes(32) }]);
  const moments = fc.date({ min: start, max: after(400 * DAY), noInvalidDate: true }).map((date) => date.toISOString());
  const said = (touches: number) =>
    fc.record(
      {
        id: fc.constant(null).map(() => newId('visit')),
        codeStatus: fc.constantFrom('known', 'unknown', 'absent'),
        touches: fc.array(
          fc.record({
            merchantId: fc.constant(null).map(() => newId('merchant')),
            via: fc.constantFrom('code', 'referrer'),
            visitId: fc.constant(null).map(() => newId('visit')),
            at: moments,
          }),
          { maxLength: touches },
        ),
        previous: fc.constantFrom('none', 'used', 'expired', 'refused'),
        shopper: fc.string({ minLength: 1 }).map((reference) => tokens.markOf(reference, shop)),
        answer: fc.record({ brought: fc.boolean(), settled: fc.boolean(), at: moments }),
      },
      { requiredKeys: ['id', 'codeStatus', 'touches', 'previous'] },
    );
  const issued = (value: Omit<VisitClaims, 'storefrontId'>) => signer.issue(value, after(DAY), shop.id);

  it('comes back as it was said, in less than 400 characters', () => {
    fc.assert(
      fc.property(said(MAX_TOUCHES), (value) => {
        const token = issued(value);
        expect(signer.read(token, start, shop.id)).toEqual({ ...value, exp: after(DAY).getTime() / 1000 });
        expect(token.length).toBeLessThan(400);
      }),
    );
  });

  it('takes less than 200 characters with one or two merchants, a shopper and an answer', () => {
    fc.assert(fc.property(said(2), (value) => expect(issued(value).length).toBeLessThan(200)));
    const mark = tokens.markOf('shopper', shop);
    const answer = { brought: true, settled: true, at: start.toISOString() };
    const [id, codeStatus, previous] = [newId('visit'), 'known', 'refused'] as const;
    const touches = [ANN, BOB].map((merchant) => touch(merchant));
    expect(issued({ id, codeStatus, previous, touches, shopper: mark, answer }).length).toBeLessThan(200);
  });
});
