import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../../api/client.js';

/** The applications that wait, seen from one of them: the next one opens after a decision, or by Alt+N. */
export function useQueue(id: string) {
  const navigate = useNavigate();
  const { data } = api.useQuery('get', '/v1/merchant-applications', {
    params: { query: { state: 'pending', limit: 100 } },
  });
  const waiting = data?.items ?? [];
  const place = waiting.findIndex((one) => one.id === id);
  const others = waiting.filter((one) => one.id !== id);
  const next = (waiting[place + 1] ?? others[0])?.id;
  const openNext = () => void navigate({ to: next ? `/applications/${next}` : '/applications' });
  useHotkeys(next ? [['alt+KeyN', openNext, { usePhysicalKeys: true }]] : [], []);
  return { others: others.length, andMore: data?.nextCursor != null, next, openNext };
}
