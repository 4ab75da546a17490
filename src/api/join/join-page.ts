import type { PageLanguage } from '../../shared/page-language.js';

/** The texts that stand on the page before the form; the script finds both languages in the page when one switches. */
const TEXT = {
  title: { 'zh-CN': '推广员注册', en: 'Become a partner' },
  intro: {
    'zh-CN': '填写注册表单，审核通过后即可获得专属推广码。您带来的顾客享受专属优惠价，您也将获得推广奖励。',
    en: 'Fill in the form. Once reviewed you receive a code of your own: the shoppers you bring get your price, and you are rewarded.',
  },
  noscript: { 'zh-CN': '本页需要 JavaScript 才能显示注册表单。', en: 'This page needs JavaScript to show the form.' },
  languages: { 'zh-CN': '语言', en: 'Language' },
  loading: { 'zh-CN': '正在加载注册表单…', en: 'Loading the form…' },
} as const;

/** The page around the registration form; the script fetches the form itself and shows it. */
export function joinPage(language: PageLanguage): string {
  const inBoth = (name: string, { 'zh-CN': zh, en }: Record<PageLanguage, string>, attributes = '') =>
    `<${name}${attributes} data-zh="${zh}" data-en="${en}">${language === 'en' ? en : zh}</${name}>`;
  const toggle = (each: PageLanguage, name: string) =>
    `<button type="button" lang="${each}" data-language="${each}" aria-pressed="${String(each === language)}">${name}</button>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${TEXT.title[language]} · 引客 Yinke</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/join/join.css">
<script src="/join/join.js" defer></script>
</head>
<body>
<header>
<p class="brand"><span lang="zh-CN">引客</span> Yinke</p>
<nav aria-label="${TEXT.languages[language]}">${toggle('zh-CN', '中文')}${toggle('en', 'English')}</nav>
</header>
<main>
${inBoth('h1', TEXT.title)}
${inBoth('p', TEXT.intro, ' id="intro"')}
<div id="app" aria-live="polite">${inBoth('p', TEXT.loading)}</div>
<noscript><p>${TEXT.noscript[language]}</p></noscript>
</main>
</body>
</html>
`;
}
