import { useQueries } from '@tanstack/react-query';
import { client, type Schema } from '../../../api/client.js';
import { useAll } from '../../parts/load-all.js';
import { priceVersions, rewardVersions } from './versions.js';

type Price = Schema<'PriceRuleDetailDto'>;
type Reward = Schema<'RewardRuleDetailDto'>;

/** Every price rule with every version; undefined until all are read. */
export function useEveryPriceRule() {
  const { data: rules } = useAll(['/v1/price-rules'], (cursor) =>
    client.GET('/v1/price-rules', { params: { query: { limit: 200, cursor } } }),
  );
  const all = useDetails<Price>('price', rules, async (id) => {
    const { data, error } = await client.GET('/v1/price-rules/{id}', { params: { path: { id } } });
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem as the API words it
    if (!data) throw error;
    return data;
  });
  return all && { rules: all, versions: all.flatMap(priceVersions) };
}

/** Every reward rule with every version; undefined until all are read. */
export function useEveryRewardRule() {
  const { data: rules } = useAll(['/v1/reward-rules'], (cursor) =>
    client.GET('/v1/reward-rules', { params: { query: { limit: 200, cursor } } }),
  );
  const all = useDetails<Reward>('reward', rules, async (id) => {
    const { data, error } = await client.GET('/v1/reward-rules/{id}', { params: { path: { id } } });
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem as the API words it
    if (!data) throw error;
    return data;
  });
  return all && { rules: all, versions: all.flatMap(rewardVersions) };
}

/** A list has the latest version of each rule; of those with several, the rule itself is read. */
function useDetails<Detail extends { id: string; version: number; versions: unknown[] }>(
  kind: string,
  rules: readonly Omit<Detail, 'versions'>[] | undefined,
  read: (id: string) => Promise<Detail>,
): Detail[] | undefined {
  const details = useQueries({
    queries: (rules ?? []).map((rule) => ({
      queryKey: ['rule', kind, rule.id, rule.version],
      queryFn: () => (rule.version === 1 ? Promise.resolve({ ...rule, versions: [rule] } as Detail) : read(rule.id)),
    })),
  });
  const found = details.map(({ data }) => data).filter((data) => data !== undefined);
  return rules && found.length === rules.length ? found : undefined;
}
