import { Test } from '@nestjs/testing';
import { Config } from '../../core/config.js';
import { MerchantDirectory, type Storefront } from '../../database/index.js';
import type { Touch } from './attribution.js';
import { VisitTokens, type VisitClaims } from './visit-tokens.js';
import type { MerchantId } from '../../shared/ids.js';

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
const merchants = { byId: (id: string) => (id === 'mer_gone' ? undefined : { wechatId: `wx_${id}` }) };
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
  visitId: `vis_${merchantId}`,
  at: at.toISOString(),
});
const claims = (more: Partial<VisitClaims> = {}): VisitClaims => ({
  id: 'vis_1',
  storefrontId: shop.id,
  codeStatus: 'known',
  touches: [touch('mer_1')],
  previous: 'none',
  ...more,
});

describe('a visit token', () => {
  it('attributes up to the last moment of its window and then has expired', () => {
    const { token, expiresAt } = tokens.issue(claims(), shop, start);
    expect(expiresAt).toEqual(after(30 * DAY));
    expect(tokens.read(token, shop, after(30 * DAY - 1000)).attribution?.merchantId).toBe('mer_1');
    expect(() => tokens.read(token, shop, after(30 * DAY))).toThrow('expired');
  });

  it('that an answer keeps alive attributes no longer than its window', () => {
    const answer = { brought: false, settled: true, at: start.toISOString() };
    const long = { ...shop, askAgainDays: 90 };
    const { token, expiresAt } = tokens.issue(claims({ answer }), long, start);
    expect(expiresAt).toEqual(after(90 * DAY));
    expect(tokens.read(token, long, after(30 * DAY - 1)).attribution?.merchantId).toBe('mer_1');
    expect(tokens.read(token, long, after(30 * DAY))).toMatchObject({ attribution: null, answer });
    // A short one ends nothing before its time.
    expect(tokens.issue(claims({ answer }), { ...shop, askAgainDays: 1 }, start).expiresAt).toEqual(after(30 * DAY));
  });

  it('is read by its storefront alone, also where the window of the other is the same', () => {
    const { token } = tokens.issue(claims(), shop, start);
    expect(() => tokens.read(token, { ...shop, id: 'sto_2' }, start)).toThrow('storefront');
  });

  it('is judged by the window and the touch that the storefront has now', () => {
    const touches = [touch('mer_1', start), touch('mer_2', after(DAY))];
    const { token } = tokens.issue(claims({ touches }), shop, after(DAY));
    const read = (settings: Partial<Storefront>) => tokens.read(token, { ...shop, ...settings }, after(2 * DAY));
    expect(read({}).attribution?.merchantId).toBe('mer_2');
    expect(read({ touch: 'first' }).attribution?.merchantId).toBe('mer_1');
    expect(read({ touch: 'first', attributionWindowDays: 2 }).attribution?.merchantId).toBe('mer_2');
    expect(read({ attributionWindowDays: 1 }).attribution).toBeNull();
  });
});

describe('the shopper’s reference', () => {
  const shopperOf = (reference: string, touches = [touch('mer_1'), touch('mer_2', after(1))], storefront = shop) =>
    tokens.visitOf(claims({ touches, shopper: tokens.markOf(reference, storefront) }), shop, after(DAY));

  it('says which of the merchants the shopper is, by WeChat ID or id', () => {
    for (const reference of ['wx_mer_2', 'WX_MER_2', 'ｗｘ＿ｍｅｒ＿２', 'mer_2'])
      expect(shopperOf(reference)).toMatchObject({ shopperIs: 'mer_2', attribution: { ownPurchase: true } });
    const other = shopperOf('wx_mer_1');
    expect(other.shopperIs).toBe('mer_1');
    expect(other.attribution).not.toHaveProperty('ownPurchase');
  });

  it('says nothing of anybody else, without one, or when it was given to another storefront', () => {
    expect(shopperOf('wx_mer_3').shopperIs).toBeNull();
    expect(tokens.visitOf(claims(), shop, start).shopperIs).toBeNull();
    expect(shopperOf('wx_mer_2', undefined, { ...shop, id: 'sto_2' }).shopperIs).toBeNull();
    expect(shopperOf('undefined', [touch('mer_gone')]).shopperIs).toBeNull();
  });
});
