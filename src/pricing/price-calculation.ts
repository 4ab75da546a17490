import { BPS, divideHalfAwayFromZero, minAmount } from '../shared/money.js';
import type { SubjectRules } from '../shared/rule-book.js';
import type { RuleLine } from '../shared/rule.js';
import { appliesIn, type PriceRuleVersion } from './price-rule.js';

/** A line as the storefront sent it: the list price, in minor units. */
export interface ListLine extends RuleLine {
  quantity: number;
  unitPrice: bigint;
}

/** A line with the price that this shopper pays. */
export interface PricedLine extends RuleLine {
  quantity: number;
  listUnitPrice: bigint;
  unitPrice: bigint;
  lineTotal: bigint;
  /** The rule that decided, also when it left the price as it was; null: none covers the line. */
  rule: PriceRuleVersion | null;
}

export interface PricedBasket {
  lines: PricedLine[];
  listTotal: bigint;
  discountTotal: bigint;
  total: bigint;
}

/**
 * Prices of a basket under the rules of the merchant who counts; `rules` null: none does, and prices stay as they came.
 * One rule a line, the most specific that knows the currency.
 */
export function priceBasket(
  lines: readonly ListLine[],
  currency: string,
  rules: SubjectRules<PriceRuleVersion> | null,
): PricedBasket {
  const priced = lines.map((line) => {
    const rule = rules?.choose(line, (candidate) => appliesIn(candidate, currency)) ?? null;
    const unitPrice = rule ? merchantPrice(line.unitPrice, rule) : line.unitPrice;
    const { sku, category, quantity } = line;
    const lineTotal = unitPrice * BigInt(quantity);
    return { sku, category, quantity, listUnitPrice: line.unitPrice, unitPrice, lineTotal, rule };
  });
  const listTotal = priced.reduce((sum, line) => sum + line.listUnitPrice * BigInt(line.quantity), 0n);
  const total = priced.reduce((sum, line) => sum + line.lineTotal, 0n);
  return { lines: priced, listTotal, discountTotal: listTotal - total, total };
}

/**
 * The price of one unit under a rule: never below its floor or zero, and never above the list price, so that a fixed price
 * or a floor above the list price leaves the list price. A percentage is rounded half away from zero to the minor unit.
 */
export function merchantPrice(listPrice: bigint, { effect, floor }: PriceRuleVersion): bigint {
  const lowest = minAmount(floor ?? 0n, listPrice);
  const wanted = wantedPrice(listPrice, effect);
  return wanted < lowest ? lowest : minAmount(wanted, listPrice);
}

function wantedPrice(listPrice: bigint, effect: PriceRuleVersion['effect']): bigint {
  switch (effect.kind) {
    case 'percent-off':
      return listPrice - divideHalfAwayFromZero(listPrice * BigInt(effect.rateBps), BPS);
    case 'amount-off':
      return listPrice - effect.amount;
    case 'fixed-price':
      return effect.amount;
  }
}
