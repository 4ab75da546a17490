import type { Schema } from '../../../api/client.js';
import { decimal, decimalsOf, isMoney } from '../../../ui/format.js';
import { typedAmount } from '../../parts/amount-input.js';
import { rateText, typedRate } from '../../parts/rate-input.js';

export type Grant = Schema<'GrantDto'>;

/** A grant as it is typed. */
export interface TypedGrant {
  asset: string;
  kind: Grant['kind'];
  rate: string;
  amount: string;
  per: string;
  units: string;
  mode: 'marginal' | 'whole';
  tiers: { from: string; rate: string }[];
  cap: string;
  monthBudget: string;
  ruleBudget: string;
}

export const EMPTY_GRANT: TypedGrant = {
  asset: 'CNY',
  kind: 'percent',
  rate: '',
  amount: '',
  per: '',
  units: '1',
  mode: 'marginal',
  tiers: [{ from: '0', rate: '' }],
  cap: '',
  monthBudget: '',
  ruleBudget: '',
};

/** What may be granted of an asset: shares of what was paid are money. */
export function kindsOf(asset: string): readonly Grant['kind'][] {
  if (isMoney(asset)) return ['percent', 'fixed', 'tiered'];
  return asset === 'POINTS' ? ['per-amount', 'fixed'] : ['fixed'];
}

/** What a version grants, as it is typed; `currency` is that of the orders. */
export function typedGrantOf(grant: Grant, currency: string): TypedGrant {
  const { asset, kind, rateBps, amount, per, units, mode, tiers, cap, budgets } = grant;
  const of = (minor: number | null | undefined, what: string) =>
    minor == null ? '' : isMoney(what) ? decimal(minor, decimalsOf(what)) : minor.toString();
  const money = isMoney(asset) ? asset : currency;
  return {
    asset,
    kind,
    rate: rateBps == null ? '' : rateText(rateBps),
    amount: of(amount, asset),
    per: of(per, money),
    units: of(units, 'POINTS'),
    mode: mode ?? 'marginal',
    tiers:
      tiers?.map(({ from, rateBps: bps }) => ({ from: of(from, money), rate: rateText(bps) })) ?? EMPTY_GRANT.tiers,
    cap: of(cap, asset),
    monthBudget: of(budgets?.perMerchantMonth, asset),
    ruleBudget: of(budgets?.perRule, asset),
  };
}

/** What was typed, as the API takes it; what is not an amount is left out, and refused where one is needed. */
export function grantOf(typed: TypedGrant, currency: string): Grant {
  const { asset, kind } = typed;
  const of = (text: string, what: string) => (text.trim() === '' ? null : typedAmount(text, what));
  const money = isMoney(asset) ? asset : currency;
  const [perMerchantMonth, perRule] = [of(typed.monthBudget, asset), of(typed.ruleBudget, asset)];
  return {
    asset,
    kind,
    cap: of(typed.cap, asset),
    budgets: perMerchantMonth === null && perRule === null ? null : { perMerchantMonth, perRule },
    ...(kind === 'percent' && { rateBps: typedRate(typed.rate) }),
    ...(kind === 'fixed' && { amount: of(typed.amount, asset) }),
    ...(kind === 'per-amount' && { per: of(typed.per, money), units: of(typed.units, 'POINTS') }),
    ...(kind === 'tiered' && {
      mode: typed.mode,
      tiers: typed.tiers.flatMap(({ from, rate }) => {
        const [begin, rateBps] = [of(from, money), typedRate(rate)];
        return begin === null || rateBps === null ? [] : [{ from: begin, rateBps }];
      }),
    }),
  };
}

/** Whether everything that was typed of a grant can be read; what is left empty can. */
export function isReadableGrant(typed: TypedGrant, currency: string): boolean {
  const { asset } = typed;
  const money = isMoney(asset) ? asset : currency;
  const amounts: [text: string, of: string][] = [
    [typed.amount, asset],
    [typed.cap, asset],
    [typed.monthBudget, asset],
    [typed.ruleBudget, asset],
    [typed.per, money],
    [typed.units, 'POINTS'],
    ...typed.tiers.map(({ from }): [string, string] => [from, money]),
  ];
  const rates = [typed.rate, ...typed.tiers.map(({ rate }) => rate)];
  return (
    amounts.every(([text, of]) => text.trim() === '' || typedAmount(text, of) !== null) &&
    rates.every((text) => text.trim() === '' || typedRate(text) !== null)
  );
}
