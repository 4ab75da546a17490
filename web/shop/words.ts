import type { ShopWords } from '../messages/en/shop.js';
import { useLoadedWords, type Loaders } from '../ui/language.js';
import { Refusal } from './api.js';

export const loaders: Loaders<ShopWords> = {
  en: () => import('../messages/en/shop.js'),
  'zh-CN': () => import('../messages/zh-CN/shop.js'),
};

/** Every text of the shop, in the language of the page. */
export function useWords(): ShopWords {
  return useLoadedWords() as ShopWords;
}

/** A refusal of the shop or of Yinke, in words. */
export function refusalText(error: unknown, { refusals, problems }: ShopWords): string {
  const code = error instanceof Refusal ? error.code : 'shop.broken';
  const known = refusals as Record<string, string | undefined>;
  const ofYinke = problems as Record<string, readonly [string, string] | undefined>;
  return known[code] ?? ofYinke[code]?.join(' ') ?? refusals['shop.broken'];
}
