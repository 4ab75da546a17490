/** The languages of pages that people see. */
export const PAGE_LANGUAGES = ['zh-CN', 'en'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** The language to show first: what the address asks for, else what the browser prefers, else Chinese. */
export function pageLanguage(asked: unknown, acceptLanguage: string | undefined): PageLanguage {
  if (asked === 'en') return 'en';
  if (asked === 'zh' || asked === 'zh-CN') return 'zh-CN';
  const preferred = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([0-9.]+)$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => quality > 0 && (language === 'zh' || language === 'en'))
    .sort((a, b) => b.quality - a.quality)[0];
  return preferred?.language === 'en' ? 'en' : 'zh-CN';
}
