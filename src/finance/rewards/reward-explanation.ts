import type { Attribution } from '../../detection/index.js';
import { minorToWire } from '../../shared/money.js';
import type { RuleScope } from '../../shared/rule.js';
import { assetWords, type Language } from './asset.js';
import { fractionText, type Fraction } from './fraction.js';
import { grantToJson, type GrantJson, type GrantTerms } from './reward-rule.js';
import type { RewardableOrder, RewardGrant } from './reward-calculation.js';

/** A sentence in the languages that people read it in. */
export type Words = Record<Language, string>;

/** Why a reward is what it is: kept with the reward for good. Amounts in minor units, whole points or coupons. */
export interface RewardExplanation {
  attribution: Attribution;
  rule: { id: string; version: number; name: string | null; scope: RuleScope; storefront: string | null };
  grant: GrantJson;
  posting: { posting: 'direct' | 'pending'; holdDays: number | null; held: boolean };
  basis: {
    currency: string;
    amountPaid: number;
    shipping: number;
    tax: number;
    /** What was paid for merchandise, and of it for the lines below. */
    merchandise: number;
    lines: number;
  };
  arithmetic: {
    /** What the grant comes to before cap and rounding: "29/2" is 14.5. */
    exact: string;
    /** The cap that was applied, or null. */
    cappedAt: number | null;
    /** All rules of this order and asset together, before and after the one rounding (half away from zero). */
    assetExact: string;
    assetRounded: number;
    amount: number;
  };
  /** The lines that the rule won for this asset: what was paid for each, and its share of the amount. */
  lines: { line: number; sku: string; basis: number; share: number }[];
  words: Words;
}

/** The explanation of one grant of an order. */
export function explainReward(order: RewardableOrder, grant: RewardGrant): RewardExplanation {
  const { rule, arithmetic } = grant;
  return {
    attribution: order.attribution,
    rule: {
      id: rule.ruleId,
      version: rule.version,
      name: rule.name,
      scope: rule.scope,
      storefront: rule.storefrontId,
    },
    grant: grantToJson(grant.terms),
    posting: {
      posting: rule.posting.posting,
      holdDays: rule.posting.posting === 'pending' ? rule.posting.holdDays : null,
      held: grant.held,
    },
    basis: {
      currency: order.currency,
      amountPaid: minorToWire(order.amountPaid),
      shipping: minorToWire(order.shipping),
      tax: minorToWire(order.tax),
      merchandise: minorToWire(arithmetic.merchandise),
      lines: minorToWire(arithmetic.basis),
    },
    arithmetic: {
      exact: fractionText(arithmetic.exact),
      cappedAt: arithmetic.capped && grant.terms.cap !== null ? minorToWire(grant.terms.cap) : null,
      assetExact: fractionText(arithmetic.assetExact),
      assetRounded: minorToWire(arithmetic.assetRounded),
      amount: minorToWire(grant.amount),
    },
    lines: grant.lines.map(({ line, basis, share }) => ({
      line,
      sku: order.lines[line]?.sku ?? '',
      basis: minorToWire(basis),
      share: minorToWire(share),
    })),
    words: { en: english(order, grant), 'zh-CN': chinese(order, grant) },
  };
}

function english(order: RewardableOrder, grant: RewardGrant): string {
  const { rule, arithmetic, asset } = grant;
  const cash = (amount: bigint) => assetWords(amount, order.currency, 'en');
  const name = rule.name === null ? `Rule ${rule.ruleId}` : `Rule “${rule.name}”`;
  return [
    `${cash(order.amountPaid)} was paid, of it ${cash(arithmetic.merchandise)} for merchandise and ${cash(arithmetic.basis)} for the ${grant.lines.length.toString()} line(s) that this rule won.`,
    `${name}, version ${rule.version.toString()}, for ${scopeWords(rule.scope, 'en')}, gives ${termsWords(grant.terms, order.currency, 'en')}: ${exactWords(arithmetic.exact, asset, 'en')}.`,
    ...(arithmetic.capped && grant.terms.cap !== null
      ? [`The cap of ${assetWords(grant.terms.cap, asset, 'en')} was applied.`]
      : []),
    ...(arithmetic.assetExact.denominator === 1n
      ? []
      : [
          `All rules of this asset come to ${exactWords(arithmetic.assetExact, asset, 'en')}, rounded once to ${assetWords(arithmetic.assetRounded, asset, 'en')}.`,
        ]),
    `The reward is ${assetWords(grant.amount, asset, 'en')}, ${postingWords(grant, 'en')}.`,
  ].join(' ');
}

function chinese(order: RewardableOrder, grant: RewardGrant): string {
  const { rule, arithmetic, asset } = grant;
  const cash = (amount: bigint) => assetWords(amount, order.currency, 'zh-CN');
  const name = rule.name === null ? `规则 ${rule.ruleId}` : `规则“${rule.name}”`;
  return [
    `实付 ${cash(order.amountPaid)},其中商品 ${cash(arithmetic.merchandise)},本规则适用的 ${grant.lines.length.toString()} 行商品 ${cash(arithmetic.basis)}。`,
    `${name}第 ${rule.version.toString()} 版,适用于${scopeWords(rule.scope, 'zh-CN')},${termsWords(grant.terms, order.currency, 'zh-CN')}:${exactWords(arithmetic.exact, asset, 'zh-CN')}。`,
    ...(arithmetic.capped && grant.terms.cap !== null
      ? [`已按上限 ${assetWords(grant.terms.cap, asset, 'zh-CN')} 封顶。`]
      : []),
    ...(arithmetic.assetExact.denominator === 1n
      ? []
      : [
          `该资产各规则合计 ${exactWords(arithmetic.assetExact, asset, 'zh-CN')},一次性四舍五入为 ${assetWords(arithmetic.assetRounded, asset, 'zh-CN')}。`,
        ]),
    `奖励 ${assetWords(grant.amount, asset, 'zh-CN')},${postingWords(grant, 'zh-CN')}。`,
  ].join('');
}

function termsWords(terms: GrantTerms, currency: string, language: Language): string {
  switch (terms.kind) {
    case 'percent':
      return language === 'en'
        ? `${percentText(terms.rateBps)} of what was paid for them`
        : `按实付额的 ${percentText(terms.rateBps)} 计`;
    case 'fixed':
      return language === 'en'
        ? `${assetWords(terms.amount, terms.asset, 'en')} an order`
        : `每单 ${assetWords(terms.amount, terms.asset, 'zh-CN')}`;
    case 'per-amount':
      return language === 'en'
        ? `${assetWords(terms.units, terms.asset, 'en')} for every full ${assetWords(terms.per, currency, 'en')}`
        : `每满 ${assetWords(terms.per, currency, 'zh-CN')} 得 ${assetWords(terms.units, terms.asset, 'zh-CN')}`;
  }
}

function scopeWords(scope: RuleScope, language: Language): string {
  const english = language === 'en';
  const who =
    scope.merchant !== undefined
      ? english
        ? 'this merchant'
        : '该微商'
      : scope.group !== undefined
        ? english
          ? `group ${scope.group}`
          : `分组 ${scope.group}`
        : english
          ? 'everyone'
          : '所有微商';
  const what =
    scope.product !== undefined
      ? english
        ? `product ${scope.product}`
        : `商品 ${scope.product}`
      : scope.category !== undefined
        ? english
          ? `category ${scope.category}`
          : `类别 ${scope.category}`
        : english
          ? 'everything'
          : '全部商品';
  return english ? `${who} and ${what}` : `${who}、${what}`;
}

function postingWords(grant: RewardGrant, language: Language): string {
  const until = grant.matureAt?.toISOString();
  if (grant.held)
    return language === 'en' ? 'held, because the merchant is suspended' : '因微商已被暂停,转入冻结余额待人工处理';
  if (until === undefined) return language === 'en' ? 'available at once' : '直接计入可用余额';
  return language === 'en' ? `pending until ${until}` : `预增记录,${until} 到期转为可用`;
}

/** An exact amount: whole ones in the asset's own way, others as a fraction of its smallest unit. */
function exactWords(exact: Fraction, asset: string, language: Language): string {
  if (exact.denominator === 1n) return assetWords(exact.numerator, asset, language);
  const text = fractionText(exact);
  return language === 'en' ? `${text} of the smallest unit of ${asset}` : `${text} 个 ${asset} 最小单位`;
}

/** 290 → "2.90 %". */
function percentText(rateBps: number): string {
  const digits = rateBps.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)} %`;
}
