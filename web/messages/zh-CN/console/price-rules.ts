import type en from '../../en/console/price-rules.js';

const priceRules: typeof en = {
  nav: '价格规则',
  title: '价格规则',
  text: '顾客由推广员带来时的优惠价。每行商品由适用范围最具体的规则决定。',
  empty: '还没有价格规则',
  emptyText: '没有规则时，无论谁带来，顾客都按原价购买。',
  add: '新建价格规则',
  save: '保存规则',
  added: '价格规则已保存。',
  editorText: '填写的内容在保存之前留在此浏览器中。',
  kind: '单件价格如何变化',
  rate: '优惠比例',
  currencyHint: '规则不适用于其他币种的购物车。',
  amountOffOne: '每件立减',
  priceOfOne: '每件价格',
  floor: '不低于',
  floorHint: '留空表示不低于零。',
  percentOff: (rate) => `优惠${rate}`,
  amountOff: (amount) => `每件立减${amount}`,
  fixed: (amount) => `每件${amount}`,
  notBelow: (amount) => `，不低于${amount}`,
  minorUnits: (units) => `${units}（最小货币单位）`,
  priced: (sku, pieces, price, list) =>
    price === list
      ? `${sku} × ${pieces.toString()}：每件${price}`
      : `${sku} × ${pieces.toString()}：每件${price}，原价${list}`,
  by: '依据：',
};

export default priceRules;
