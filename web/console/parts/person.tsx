import { useMe } from '../session.js';
import { useWords } from '../words.js';

/**
 * Who did something: the person at the console, a schedule or rule, or another person by the end of their id. On paper
 * by what names them to others too.
 */
export function Person({ id }: { id: string | null }) {
  const { you, system, colleague } = useWords().pages.shared;
  const me = useMe();
  if (id === me.id) return <Name screen={you} paper={me.email} />;
  if (id === null || id === 'system') return <>{system}</>;
  return <Name screen={colleague(id.slice(-4))} paper={id} />;
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
