// @ts-check

/**
 * @typedef {object} Product
 * @property {string} sku
 * @property {string | null} category what price rules and reward rules may be for
 * @property {number} listPrice of one, in minor units
 * @property {{ en: string, 'zh-CN': string }} name
 * @property {{ en: string, 'zh-CN': string }} text
 */

/**
 * What the tea shop sells. The truth about list prices is here, on the server.
 * @type {readonly Product[]}
 */
export const CATALOGUE = [
  {
    sku: 'TEA-LONGJING',
    category: 'tea',
    listPrice: 16_800,
    name: { en: 'Longjing green tea', 'zh-CN': '龙井绿茶' },
    text: { en: 'Picked before the rain, 100 g', 'zh-CN': '雨前采摘，100克' },
  },
  {
    sku: 'TEA-PUER',
    category: 'tea',
    listPrice: 23_800,
    name: { en: 'Ripe Pu’er cake', 'zh-CN': '熟普洱茶饼' },
    text: { en: 'Aged for eight years, 357 g', 'zh-CN': '存放八年，357克' },
  },
  {
    sku: 'TEA-OOLONG',
    category: 'tea',
    listPrice: 9_900,
    name: { en: 'Tieguanyin oolong', 'zh-CN': '铁观音乌龙茶' },
    text: { en: 'Lightly roasted, 125 g', 'zh-CN': '轻焙火，125克' },
  },
  {
    sku: 'GIFT-BOX', // the demo has a price rule for this product
    category: null,
    listPrice: 12_800,
    name: { en: 'Gift box', 'zh-CN': '茶礼盒' },
    text: { en: 'Three teas in a wooden box', 'zh-CN': '木盒装三款茶' },
  },
  {
    sku: 'BOOK-TEA',
    category: 'books',
    listPrice: 5_900,
    name: { en: 'A small book of tea', 'zh-CN': '茶之小书' },
    text: { en: 'How to brew, and why', 'zh-CN': '泡茶的方法和道理' },
  },
  {
    sku: 'MUSIC-GUQIN',
    category: 'music',
    listPrice: 4_800,
    name: { en: 'Music for a tea table', 'zh-CN': '茶席古琴曲' },
    text: { en: 'Guqin, one record', 'zh-CN': '古琴唱片一张' },
  },
];
