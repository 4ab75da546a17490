import { client, problemOf, type ApiProblem, type Schema } from '../../../api/client.js';
import { linesOf } from '../../parts/lines-of.js';

/** What rules would have cost in an asset, and what was granted. */
export interface Cost {
  asset: string;
  wouldCost: number;
  granted: number;
}

export interface Simulated {
  orders: number;
  perAsset: Cost[];
  perMerchant: (Cost & { merchant: string })[];
  /** Merchants and assets that are not among them. */
  leftOut: number;
}

export interface Progress {
  orders: number;
  of: number;
}

type Line = { progress: Progress } | { result: Simulated } | { problem: ApiProblem };

/**
 * Runs a simulation and tells how far it is. Answers with its result; throws the problem that the API told, or that
 * the connection was lost before the end.
 */
export async function simulate(
  body: Schema<'SimulateRulesDto'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Simulated> {
  const { data, error } = await client.POST('/v1/reward-rules/simulate', { body, signal, parseAs: 'stream' });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem as the API words it
  if (!data) throw problemOf(error);
  for await (const line of linesOf(data)) {
    const said = JSON.parse(line) as Line;
    if ('progress' in said) onProgress(said.progress);
    else if ('result' in said) return said.result;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem as the API words it
    else throw said.problem;
  }
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- like every lost connection
  throw { code: 'network.away' } satisfies ApiProblem;
}
