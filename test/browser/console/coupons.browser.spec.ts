import { jest } from '@jest/globals';
import en from '../../../web/messages/en/console.js';
import zh from '../../../web/messages/zh-CN/console.js';
import { createStaff } from '../../support/actors.js';
import { Browsing, VIEWS } from '../../support/browser.js';
import { addMerchant, openShop, type Shop } from '../../support/shop.js';

jest.setTimeout(120_000);

const READER = 'reader@yinke.test';

let shop: Shop;
let browsing: Browsing;
let id: string;
beforeAll(async () => {
  shop = await openShop();
  await createStaff(shop.testApp, shop.admin, ['auditor'], READER);
  const maker = await createStaff(shop.testApp, shop.admin, ['finance-maker']);
  const checker = await createStaff(shop.testApp, shop.admin, ['finance-checker']);
  const share = { kind: 'percent-off', rateBps: 2_000, maxAmount: 1_000, minimumSpend: 3_000 };
  expect((await shop.admin.post('/v1/coupon-templates', { name: 'TEA', currency: 'CNY', ...share })).status).toBe(201);
  ({ id } = await addMerchant(shop, 'coupon_reader'));
  for (const asset of ['COUPON:TEA', 'COUPON:UNMADE']) {
    const given = { asset, amount: 1, reason: 'A gift.' };
    const { body } = await maker.post(`/v1/merchants/${id}/adjustments`, given);
    expect((await checker.post(`/v1/adjustments/${body.id}/approve`)).status).toBe(200);
  }
  browsing = await Browsing.start(shop.testApp);
});
afterAll(async () => {
  await browsing.close();
  await shop.testApp.close();
});
afterEach(() => browsing.end());

describe.each(VIEWS)('coupons of a merchant $name', (view) => {
  const worth = { en: '20% off, at most ¥10.00, from ¥30.00 spent', 'zh-CN': '优惠20%，最多¥10.00，满¥30.00可用' };

  it('tell staff what each is worth, and that one without a template is worth nothing yet', async () => {
    const words = view.language === 'en' ? en : zh;
    const page = await browsing.open(view, `/console/merchants/${id}?tab=coupons`, READER);
    const row = (template: string) => page.getByRole('row').filter({ hasText: `${template} …` });
    await row('TEA').getByText(worth[view.language], { exact: true }).waitFor();
    await row('UNMADE').getByText(words.states.coupon.issued[0]).waitFor();
    expect(await row('UNMADE').innerText()).not.toContain('¥');
  });
});
