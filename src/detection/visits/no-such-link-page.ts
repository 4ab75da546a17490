import { createHash } from 'node:crypto';
import type { PageLanguage } from '../../shared/page-language.js';

const TEXT = {
  title: { 'zh-CN': '链接无效', en: 'This link leads nowhere' },
  detail: {
    'zh-CN': '链接里的推广码不存在或已失效。请向分享者确认链接，或直接前往商城。',
    en: 'Its code does not exist or is no longer in use. Ask the person who shared it, or go to the shop directly.',
  },
} as const;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
body { max-width: 32rem; margin: 18vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; }
section + section { margin-top: 2rem; opacity: .75; }
`;

/** Nothing from elsewhere, no script, in no frame; of what is inline, this style alone. */
export const NO_SUCH_LINK_POLICY = [
  "default-src 'none'",
  "script-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a shopper sees whose share link names no shop: in both languages, theirs first. */
export function noSuchLinkPage(language: PageLanguage): string {
  const section = (each: PageLanguage) =>
    `<section lang="${each}">\n<h1>${TEXT.title[each]}</h1>\n<p>${TEXT.detail[each]}</p>\n</section>`;
  const sections = language === 'en' ? [section('en'), section('zh-CN')] : [section('zh-CN'), section('en')];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${TEXT.title[language]}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`;
}
