import type { MerchantCard } from './merchant-directory.js';
import { MerchantSearch } from './merchant-search.js';

const card = (displayName: string, more: Partial<MerchantCard> = {}): MerchantCard => ({
  id: 'mer_01jf0000000000000000000000',
  code: 'ABCD2345',
  wechatId: 'tea_lady_88',
  displayName,
  group: null,
  state: 'active',
  ...more,
});

describe('a merchant is found', () => {
  const search = new MerchantSearch();
  const finds = (typed: string, one: MerchantCard) => search.matcher(typed)(one);

  it.each([
    ['李伟', '李'],
    ['李伟', '伟'],
    ['李伟', 'li wei'],
    ['李伟', 'LIWEI'],
    ['曾小贤', 'zeng'],
    ['曾小贤', 'cengxiao'],
    ['Li Wei 茶铺', 'wei茶'],
    ['Müller’s Tea', 'müller'],
    ['100% Tea_Shop', '0% t'],
    ['ＡＢ店', 'ab'],
  ])('“%s” by “%s”', (name, typed) => {
    expect(finds(typed, card(name))).toBe(true);
  });

  it.each(['%', '_', '.', '李?', 'wang', ' ', ''])('and not by “%s”', (typed) => {
    expect(finds(typed, card('李伟', { wechatId: 'liwei88' }))).toBe(false);
  });

  it('by the beginning of the WeChat ID, and by the whole id', () => {
    expect(['tea_l', 'TEA_LADY_88', 'lady_88'].map((typed) => finds(typed, card('李伟')))).toEqual([true, true, false]);
    const { id } = card('');
    expect([id, id.slice(0, -1)].map((typed) => finds(typed, card('李伟')))).toEqual([true, false]);
  });
});
