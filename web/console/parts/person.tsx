import { useMe } from '../session.js';
import { useWords } from '../words.js';

/** Who did something: the person at the console, a schedule or rule, or another person by the end of their id. */
export function Person({ id }: { id: string | null }) {
  const { you, system, colleague } = useWords().pages.shared;
  const me = useMe();
  if (id === me.id) return <>{you}</>;
  if (id === null || id === 'system') return <>{system}</>;
  return <span title={id}>{colleague(id.slice(-4))}</span>;
}
