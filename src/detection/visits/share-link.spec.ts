import type { Storefront } from '../../database/index.js';
import { isWithin, shareTarget, shopAddress, withParameter } from './share-link.js';
import type { StorefrontId } from '../../shared/ids.js';

const shop: Storefront = {
  id: 'sto_1',
  name: 'Shop',
  currency: 'CNY',
  homeUrl: 'https://shop.example/home?lang=zh',
  origins: ['https://shop.example'],
  codeParameter: 'm',
  attributionWindowDays: 30,
  touch: 'last',
  askAgainDays: null,
  timeZone: 'Asia/Shanghai',
};
const other: Storefront = {
  ...shop,
  id: 'sto_2',
  homeUrl: 'https://other.example/',
  origins: ['https://other.example'],
};

const target = (
  to?: string,
  storefrontId?: StorefrontId,
  code: string | null = 'ABCDEFGH',
  arrival: string | null = null,
) => {
  const found = shareTarget([shop, other], { isMerchants: code !== null, to, storefrontId });
  return found && shopAddress(found, code, arrival);
};

test('a share link leads to the page within the shop, with the code', () => {
  expect(target('https://shop.example/tea?x=a%20b#leaf')).toBe('https://shop.example/tea?x=a%20b&m=ABCDEFGH#leaf');
  expect(target('https://shop.example/tea?m=OTHER&y=1')).toBe('https://shop.example/tea?m=ABCDEFGH&y=1');
  expect(target('https://other.example/tea')).toBe('https://other.example/tea?m=ABCDEFGH');
});

test('without a page it leads home: to the storefront that is named, else to the oldest', () => {
  expect(target()).toBe('https://shop.example/home?lang=zh&m=ABCDEFGH');
  expect(target(undefined, 'sto_2')).toBe('https://other.example/?m=ABCDEFGH');
  expect(target('https://other.example/tea', 'sto_1')).toBe('https://shop.example/home?lang=zh&m=ABCDEFGH');
});

test('the token of the visit stands beside the code, under the storefront’s own name for it', () => {
  expect(target('https://shop.example/tea?m_visit=old#x', undefined, 'ABCDEFGH', 'new.1')).toBe(
    'https://shop.example/tea?m_visit=new.1&m=ABCDEFGH#x',
  );
  const found = { storefront: { ...shop, codeParameter: 'ref' }, url: 'https://shop.example/' };
  expect(shopAddress(found, 'ABCDEFGH', 'new.1')).toBe('https://shop.example/?ref=ABCDEFGH&ref_visit=new.1');
});

test('a code that is nobody’s leads to the shop that is named, without a code, and else nowhere', () => {
  expect(target('https://other.example/tea', undefined, null)).toBe('https://other.example/tea');
  expect(target('https://evil.example/', 'sto_2', null)).toBe('https://other.example/');
  expect(target(undefined, undefined, null)).toBeNull();
  expect(target('https://evil.example/', 'sto_3', null)).toBeNull();
  expect(shareTarget([], { isMerchants: true, to: undefined, storefrontId: undefined })).toBeNull();
});

test('no address leads out of the shop', () => {
  const tricks = [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:\\\\evil.example',
    'https://shop.example\\@evil.example',
    'https://shop.example@evil.example/',
    'https://user:pass@shop.example/',
    'https://user@shop.example/',
    'https://:pass@shop.example/',
    'https://shop.example:444/',
    'http://shop.example/',
    'https://shop.example.evil.example/',
    'https://evil.example/https://shop.example',
    'https://evil.example#https://shop.example/',
    'https://sh\u043ep.example/',
    'https://xn--shp-0ze.example/',
    'https://shop\u3002example.evil.example/',
    'https://shop.example/\r\nLocation: https://evil.example',
    'https://shop.example/\u0000',
    ' https://shop.example/',
    'https://shop.exa\tmple/',
    'javascript:alert(1)',
    'data:text/html,<script>',
    'blob:https://shop.example/1',
    'https://',
    '',
    `https://shop.example/${'a'.repeat(3000)}`,
  ];
  for (const to of tricks) {
    expect([to, isWithin(to, shop.origins)]).toEqual([to, false]);
    expect(target(to)).toBe('https://shop.example/home?lang=zh&m=ABCDEFGH');
  }
});

test('a parameter is added once and the rest of the address stays as written', () => {
  expect(withParameter('https://a.example/p?q=1+2&sig=%2F', 'm', 'X')).toBe('https://a.example/p?q=1+2&sig=%2F&m=X');
});
