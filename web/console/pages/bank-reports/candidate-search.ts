import { useQuery } from '@tanstack/react-query';
import { client, type Schema } from '../../../api/client.js';
import { loadAll } from '../../parts/load-all.js';
import { minorOfLine } from './line-amount.js';
import type { Line } from './line-columns.js';

type Payout = Schema<'PayoutDto'>;

/** By what a payout fits a line. */
export type Fit = 'amount' | 'account' | 'reference';

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
      if (line.account !== null && payout.beneficiary.maskedNumber === line.account) fits.push('account');
      return { payout, fits };
    })
    .filter(({ fits }) => fits.length > 0)
    .sort((one, other) => other.fits.length - one.fits.length)
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
      if (!sent.data) throw sent.error;
      const payouts = await Promise.all(
        sent.data.items.map(({ id }) =>
          loadAll((cursor) =>
            client.GET('/v1/payout-batches/{id}/payouts', { params: { path: { id }, query: { limit: 200, cursor } } }),
          ),
        ),
      );
      return candidatesFor(line, payouts.flat());
    },
  });
}
