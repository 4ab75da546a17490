import { Skeleton } from '@mantine/core';
import { api } from '../../../api/client.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { RewardEditor } from './reward-editor.js';

/** The next version of a reward rule, which begins as the latest one is. */
export default function NewRewardVersion() {
  const id = useParam('id');
  // The amounts of a rule are typed in the currency of its storefront.
  const known = useStorefronts().length > 0;
  const { data, error, refetch } = api.useQuery('get', '/v1/reward-rules/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  return data && known ? <RewardEditor key={data.version} rule={data} /> : <Skeleton h={480} maw={1200} />;
}
