import { Skeleton } from '@mantine/core';
import { api } from '../../../api/client.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { PriceEditor } from './price-editor.js';

/** The next version of a price rule, which begins as the latest one is. */
export default function NewPriceVersion() {
  const id = useParam('id');
  const { data, error, refetch } = api.useQuery('get', '/v1/price-rules/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  return data ? <PriceEditor key={data.version} rule={data} /> : <Skeleton h={480} maw={1200} />;
}
