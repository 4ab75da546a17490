import type { Schema } from '../../../api/client.js';
import { decimal, decimalsOf, minorOf } from '../../../ui/format.js';
import { RAILS, type Rail } from '../payouts/rails.js';

type Bearer = Schema<'PayoutFeeDto'>['chargedTo'];

/** A fee as it is typed; both empty: none. */
export interface TypedFee {
  amount: string;
  rate: string;
  chargedTo: Bearer;
}

/** The terms of a currency as they are typed. */
export interface TypedPolicy {
  min: string;
  max: string;
  second: string;
  overMaximum: 'skip' | 'split';
  fee: TypedFee;
  railFees: Record<Rail, TypedFee>;
}

/** Of 100 %: two digits after the point are basis points. */
const RATE_DECIMALS = 2;

/** A share in percent as it is typed, in basis points; null: it is none. */
export function basisPoints(typed: string): number | null {
  const match = /^\s*(\d{1,3})(?:[.。](\d{0,2}))?\s*$/.exec(typed);
  if (!match) return null;
  const bps = Number(`${match[1] ?? ''}${(match[2] ?? '').padEnd(RATE_DECIMALS, '0')}`);
  return bps <= 10_000 ? bps : null;
}

/** The terms that there are, as a person would type them. */
export function typedPolicy(policy: Schema<'PayoutPolicyDto'>): TypedPolicy {
  const { currency } = policy;
  const text = (minor: number | null | undefined) => (minor == null ? '' : decimal(minor, decimalsOf(currency)));
  const typedFee = (fee: Schema<'PayoutFeeDto'> | null | undefined): TypedFee => ({
    amount: text(fee?.amount),
    rate: fee?.rateBps == null ? '' : decimal(fee.rateBps, RATE_DECIMALS),
    chargedTo: fee?.chargedTo ?? 'platform',
  });
  const railFees = RAILS.map((rail) => [rail, typedFee(policy.railFees?.find((fee) => fee.rail === rail))] as const);
  return {
    min: text(policy.minAmount),
    max: text(policy.maxAmount),
    second: text(policy.secondApproverAbove),
    overMaximum: policy.overMaximum ?? 'skip',
    fee: typedFee(policy.fee),
    railFees: Object.fromEntries(railFees) as Record<Rail, TypedFee>,
  };
}

/** What is sent; null: something that was typed is not an amount or a share. */
export function policyOf(typed: TypedPolicy, currency: string): Schema<'PutPayoutPolicyDto'> | null {
  const faults: string[] = [];
  const amount = (text: string): number | undefined => {
    if (text.trim() === '') return undefined;
    const minor = minorOf(text, currency);
    if (minor === null) faults.push(text);
    return minor ?? undefined;
  };
  const feeOf = ({ amount: fixed, rate, chargedTo }: TypedFee): Schema<'PayoutFeeDto'> | undefined => {
    const minor = amount(fixed);
    const rateBps = rate.trim() === '' ? undefined : basisPoints(rate);
    if (rateBps === null) faults.push(rate);
    return minor === undefined && rateBps === undefined ? undefined : { amount: minor, rateBps, chargedTo };
  };
  const railFees = RAILS.flatMap((rail) => {
    const fee = feeOf(typed.railFees[rail]);
    return fee ? [{ ...fee, rail }] : [];
  });
  const policy = {
    minAmount: amount(typed.min),
    maxAmount: amount(typed.max),
    secondApproverAbove: amount(typed.second),
    overMaximum: typed.overMaximum,
    fee: feeOf(typed.fee),
    railFees: railFees.length > 0 ? railFees : undefined,
  };
  return faults.length > 0 ? null : policy;
}
