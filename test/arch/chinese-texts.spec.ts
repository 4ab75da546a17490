import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetWords, exactWords } from '../../src/shared/asset.js';
import { fraction } from '../../src/shared/fraction.js';
import { JOURNAL_NAMES, JOURNAL_TEXTS } from '../../src/finance/ledger/journal-text.js';
import { BANNED, chineseFaults, chineseTexts, GAP } from '../support/chinese-texts.js';

/** docs/glossary.md is the judge: one word for one thing. This holds what Chinese readers see to it. */
const texts = [...chineseTexts('src'), ...chineseTexts('sdk'), ...chineseTexts('web/messages/zh-CN')];
const glossary = readFileSync('docs/glossary.md', 'utf8');

test('texts are found: of pages, scripts, explanations and files', () => {
  const places = new Set(texts.map(({ where }) => where.split(':')[0]));
  for (const place of [
    'src/api/join/join-page.ts',
    'src/api/join/assets/join.js',
    'src/database/merchants/applicant-form.ts',
    'src/finance/ledger/journal-text.ts',
    'src/finance/ledger/statements/statement-csv.ts',
    'src/finance/payouts/rails/wechat-pay-words.ts',
    'src/finance/rewards/reward-words.ts',
    'web/messages/zh-CN/problems.ts',
    'web/messages/zh-CN/console/applications.ts',
  ])
    expect(places).toContain(place);
});

test('every Chinese text has full-width punctuation, the words of the glossary, and no English', () => {
  const faults = texts.flatMap(({ where, text }) => chineseFaults(text).map((fault) => `${where} ${text}: ${fault}`));
  expect(faults).toEqual([]);
});

test('the code of the pages holds no text: every one stands in the messages', () => {
  const code = readdirSync('web', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/^(node_modules|dist|messages)\b|\.d\.ts$/.test(file),
  );
  expect(code.length).toBeGreaterThan(20);
  const comments = /\/\*[\s\S]*?\*\/|\/\/.*/g;
  expect(
    code.filter((file) => /\p{Script=Han}/u.test(readFileSync(join('web', file), 'utf8').replace(comments, ''))),
  ).toEqual([]);
});

test('every kind of entry, and every text that a journal stores, is told in Chinese', () => {
  const chinese = [
    ...Object.values(JOURNAL_NAMES).map((name) => name['zh-CN']),
    ...Object.values(JOURNAL_TEXTS).map(([, text]) => text),
  ];
  for (const text of chinese) {
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(chineseFaults(text.replace(/\{\w+\}/g, GAP))).toEqual([]);
  }
});

test.each([
  ['CNY', '¥14.50', '¥0.145'],
  ['EUR', '€14.50', '€0.145'],
  ['CHF', 'CHF 14.50', 'CHF 0.145'],
  ['JPY', 'JP¥1450', 'JP¥14.5'],
  ['POINTS', '1450积分', '14.5积分'],
])('amounts of %s', (asset, whole, exact) => {
  expect(assetWords(1_450n, asset, 'zh-CN')).toBe(whole);
  expect(exactWords(fraction(29n, 2n), asset, 'zh-CN')).toBe(exact);
});

test('the scripts and the Chinese of the documents have the words of the glossary', () => {
  const read = [...chineseTexts('scripts'), ...chineseTexts('docs').filter(({ where }) => !where.includes('.json'))];
  const paragraphs = ['README.md', 'CHANGELOG.md'].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((text) => ({ where: file, text })),
  );
  const faults = [...read, ...paragraphs].flatMap(({ where, text }) =>
    BANNED.filter(([banned]) => banned.test(text)).map(([, word]) => `${where} ${text}: ${word}`),
  );
  expect(faults).toEqual([]);
  const chinese = paragraphs.filter(({ text }) => /^\p{Script=Han}/u.test(text));
  expect(chinese.flatMap(({ text }) => chineseFaults(text))).toEqual([]);
});

test('the glossary has the words that the other words give way to', () => {
  for (const word of [
    '打款',
    '归属',
    '核销',
    '退汇',
    '推广码',
    '注册',
    '已结算（可提现）',
    '扣回',
    '银行回执/对账单',
    '账务自检',
    '待打款（已锁定）',
    '叠加奖励规则',
    '待结算',
    '计奖金额',
  ])
    expect(glossary).toContain(word);
});

test.each([
  [`归属微商 ${GAP}:顾客`, 'half-width punctuation'],
  ['满 10 元,得', 'half-width punctuation'],
  ['奖励（见下)', 'half-width punctuation'],
  ['完成.', 'half-width punctuation'],
  ['得 500 积分', 'a space between a number and its unit'],
  [`${GAP} 天内`, 'a space between a number and its unit'],
  ['按 2.90 % 计', 'a space between a number and its unit'],
  ['于 2026-11-27 完成', 'a date that is not written 2026年11月27日 16:04'],
  ['共 14.50 CNY', 'money that is not written ¥14.50 or 14.50 元'],
  ['奖励 The reward is late', 'English: The reward is late'],
  ['付款成功', '付款 instead of 打款'],
  ['归因窗口', '归因 instead of 归属'],
  ['优惠券已使用', '优惠券已使用 instead of 核销'],
])('%s: %s', (text, fault) => {
  expect(chineseFaults(text)).toContain(fault);
});

test.each([
  '按计奖金额（商品实付 ¥500.00）的 2.90% 计：¥14.50',
  '于 2026年11月27日 16:04（门店时区）到期，得500积分',
  '顾客付款后计奖；使用 IBAN 的国家请填 IBAN',
  '只能用字母、数字和“( ) . ,”',
])('%s', (text) => {
  expect(chineseFaults(text)).toEqual([]);
});
