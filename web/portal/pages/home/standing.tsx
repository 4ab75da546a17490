import { api } from '../../../api/client.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

/** Says if the merchant is suspended or closed, and why. */
export function Standing() {
  const texts = useWords().pages.home;
  const { data } = api.useQuery('get', '/v1/merchants/{id}', { params: useMine() });
  if (!data || data.state === 'active') return null;
  return (
    <p className="notice" role="status">
      {texts[data.state]} {data.stateReason}
    </p>
  );
}
