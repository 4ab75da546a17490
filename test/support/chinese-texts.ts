import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A Chinese text of the product, and where it stands. `GAP` takes the place of what is filled in. */
export interface ChineseText {
  where: string;
  text: string;
}

/** Stands for what a template fills in: a number, a name, another text. */
export const GAP = '\uFFFC';

const CHINESE = /[\p{Script=Han}\u3001-\u303F\uFF00-\uFFEF]/u;

/** One word for one thing: what is not said, and what is said in its place (see docs/glossary.md). */
export const BANNED: readonly (readonly [banned: RegExp, word: string])[] = [
  [/(?<!顾客|应)付款(?!被退回)/, '打款'],
  [/付款被退回|打款被退回/, '退汇'],
  [/归因/, '归属'],
  [/登记|成为微商/, '注册'],
  [/微商识别码|识别码/, '推广码'],
  [/预增(?!（待结算）)/, '预增（待结算）, 待结算'],
  [/冻结待人工处理|待人工处理/, '冻结，待人工审核'],
  [/请求太多/, '操作过于频繁'],
  [/不再预留|预留/, '锁定, 解除锁定'],
  [/使用(积分|优惠券)|(积分|优惠券)[^，。；]*使用/, '核销'],
  [/追回|冲正/, '扣回'],
  [/已到账|到账/, '已结算（可提现）'],
  [/银行回单/, '银行回执/对账单'],
  [/审计/, '账务自检'],
  [/(?<!叠)加奖/, '叠加奖励规则'],
  [/该资产/, '同类奖励'],
  [/得其差额/, '本单奖励为两者差额'],
  [/满 ?[^，。；满]+ ?为 ?/, '满 X 起按 p%'],
  [/按?实付额/, '计奖金额'],
  [/带客人/, '谁带来了顾客'],
  [/推广合作/, '推广员注册'],
  [/需要您的同意/, '请先勾选同意'],
];

/** Names that have no Chinese form. Everything else in Latin letters is English and does not belong. */
const NAMES = new Set(
  'Yinke IBAN BIC SWIFT JavaScript Shanghai API WeChat CSV iPhone iPad Windows Mac Linux Chrome Edge Firefox Safari'.split(
    ' ',
  ),
);

/** What is wrong with a Chinese text. `filledIn`: names and ids that stand in it and are data. */
export function chineseFaults(text: string, filledIn: readonly string[] = []): string[] {
  const read = filledIn
    .reduce((rest, one) => rest.replaceAll(one, GAP), text)
    .replace(/\b[a-z]{3}_\w+/g, GAP)
    .replace(/[\w.-]+@[\w.-]+/g, GAP)
    // Characters as they are typed stand between quotation marks.
    .replace(/“[^”\p{Script=Han}]*”/gu, `“${GAP}”`);
  const faults: string[] = [];
  if (/[,;!?()]|:(?!\d)|(?<!\d):|\p{Script=Han} ?\.|\. ?\p{Script=Han}/u.test(read))
    faults.push('half-width punctuation');
  const unit = new RegExp(`[\\d${GAP}] +(%|积分|张|元|分(?!组)|天|次|行|版|笔|位|个|年|月|日)`, 'u');
  if (unit.test(read)) faults.push('a space between a number and its unit');
  if (/\d{4}-\d\d/.test(read)) faults.push('a date that is not written 2026年11月27日 16:04');
  if (/￥|\d ?(CNY|RMB)\b/.test(read)) faults.push('money that is not written ¥14.50 or 14.50 元');
  const english = (read.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !NAMES.has(word) && !isCode(word, filledIn));
  if (english.length > 0) faults.push(`English: ${english.join(' ')}`);
  for (const [banned, word] of BANNED) {
    const found = banned.exec(read);
    if (found) faults.push(`${found[0]} instead of ${word}`);
  }
  return faults;
}

/** In a text that is filled in, codes of currencies are data too. */
function isCode(word: string, filledIn: readonly string[]): boolean {
  return filledIn.length > 0 && /^[A-Z]{3}$/.test(word);
}

/** Every Chinese text in the source of a folder: string literals, templates, and the text of pages. */
export function chineseTexts(folder: string): ChineseText[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => !file.includes('node_modules') && !file.endsWith('.spec.ts'))
    .flatMap((file) => {
      if (/\.(ts|js|mjs)$/.test(file)) return literalsOf(file);
      if (/\.(html|css|json|md)$/.test(file)) return linesOf(file);
      return [];
    });
}

function linesOf(file: string): ChineseText[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => piecesOf(line, `${file}:${(at + 1).toString()}`));
}

function literalsOf(file: string): ChineseText[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: ChineseText[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== null) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push(...piecesOf(text, `${file}:${line.toString()}`));
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

/** As it is written in the source, so that an escaped character of a pattern is no text. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.getText().slice(1, -1);
  if (!ts.isTemplateExpression(node)) return null;
  const part = (text: ts.Node) => text.getText().replace(/^[`}]|(\$\{|`)$/g, '');
  return node.templateSpans.reduce((whole, span) => `${whole}${GAP}${part(span.literal)}`, part(node.head));
}

/** A text, or of a page what stands between its tags and in the attributes that people hear or see. */
function piecesOf(text: string, where: string): ChineseText[] {
  if (!CHINESE.test(text)) return [];
  const slots = text.replace(/\{\w+\}/g, GAP);
  const attributes = Array.from(
    slots.matchAll(/(?:aria-label|alt|title|placeholder|content)="([^"]*)"/g),
    ([, value = '']) => value,
  );
  const pieces = /<\/?[a-z!]/i.test(slots)
    ? [...slots.replace(/<style[^]*?<\/style>/g, '<').split(/<[^>]*>?/), ...attributes]
    : [slots];
  return pieces.filter((piece) => CHINESE.test(piece)).map((piece) => ({ where, text: piece.trim() }));
}
