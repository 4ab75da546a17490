import { useQuery } from '@tanstack/react-query';
import { client, type Schema } from '../../../api/client.js';
import { dataOf, loadAll } from '../../parts/load-all.js';
import { minorOfLine } from './line-amount.js';
import type { Line } from './line-columns.js';

type Payout = Schema<'PayoutDto'>;

/** By what a payout fits a line. */
export type Fit = 'reference' | 'amount' | 'near-amount' | 'account';

export interface Candidate {
  payout: Payout;
  fits: readonly Fit[];
}

/** Batches that are looked through, the latest first. */
const BATCHES = 10;
/** Candidates that are shown. */
const SHOWN = 10;

/** States in which a payout can be what a line with this bank status is about. */
function canBeMeant(state: Payout['state'], bankStatus: string | null): boolean {
  if (bankStatus === 'returned') return state === 'paid';
  return state === 'submitting' || state === 'accepted' || state === 'unknown';
}

/** Within a tenth: what banks keep as their charges, or a slip of the pen. */
function isNear(line: number, payout: number): boolean {
  return Math.abs(line - payout) * 10 <= payout;
}

const WEIGHTS: Record<Fit, number> = { reference: 8, amount: 4, account: 2, 'near-amount': 1 };

function weightOf({ fits }: Candidate): number {
  return fits.reduce((sum, fit) => sum + WEIGHTS[fit], 0);
}

/** The payouts that may be meant by a line, the best fit first. */
export function candidatesFor(line: Line, payouts: readonly Payout[]): Candidate[] {
  const minor = minorOfLine(line);
  const text = `${line.reference ?? ''} ${line.bankReference ?? ''} ${line.reason ?? ''}`.toUpperCase();
  return payouts
    .filter(({ state }) => canBeMeant(state, line.bankStatus))
    .map((payout): Candidate => {
      const fits: Fit[] = [];
      if (text.includes(payout.reference)) fits.push('reference');
      if (payout.sentAmount === minor) fits.push('amount');
      else if (minor !== null && isNear(minor, payout.sentAmount)) fits.push('near-amount');
      if (line.account !== null && payout.beneficiary.maskedNumber === line.account) fits.push('account');
      return { payout, fits };
    })
    .filter(({ fits }) => fits.length > 0)
    .sort((one, other) => weightOf(other) - weightOf(one))
    .slice(0, SHOWN);
}

/** Looks for payouts that fit an open line among the last batches of its currency. */
export function useCandidates(line: Line) {
  return useQuery({
    queryKey: ['candidates', line.id],
    staleTime: 60_000,
    queryFn: async (): Promise<Candidate[]> => {
      const currency = line.currency ?? undefined;
      const sent = await client.GET('/v1/finance/reconciliation', { params: { query: { currency, limit: BATCHES } } });
      const payouts = await Promise.all(
        dataOf(sent).items.map(({ id }) =>
          loadAll((cursor) =>
            client.GET('/v1/payout-batches/{id}/payouts', { params: { path: { id }, query: { limit: 200, cursor } } }),
          ),
        ),
      );
      return candidatesFor(line, payouts.flat());
    },
  });
}
