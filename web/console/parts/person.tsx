import { client } from '../../api/client.js';
import { useMe } from '../session.js';
import { useWords } from '../words.js';
import { useAll } from './load-all.js';

/**
 * Who did something: the person at the console, a schedule or rule, or a colleague by their address. On paper by what
 * names them to others too.
 */
export function Person({ id }: { id: string | null }) {
  const { you, system, colleague } = useWords().pages.shared;
  const me = useMe();
  const name = useColleagues().get(id ?? '');
  if (id === me.id) return <Name screen={you} paper={me.email} />;
  if (id === null || id === 'system') return <>{system}</>;
  return <Name screen={name ?? colleague(id.slice(-4))} paper={name ?? id} />;
}

/** The address of every member of staff, by their id; also of those who have left. Empty until they are read. */
export function useColleagues(): ReadonlyMap<string, string> {
  const { data } = useAll(['/v1/staff/names'], (cursor) =>
    client.GET('/v1/staff/names', { params: { query: { limit: 200, cursor } } }),
  );
  return new Map(data?.map(({ id, email }) => [id, email]));
}

function Name({ screen, paper }: { screen: string; paper: string }) {
  return (
    <>
      <span className="no-print" title={paper}>
        {screen}
      </span>
      <span className="only-print">{paper}</span>
    </>
  );
}
