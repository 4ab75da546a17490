import { useSyncExternalStore } from 'react';
import { useLanguage } from '../../ui/language.js';
import { isAway, queries } from '../queries.js';
import { useWords } from '../words.js';

const OLD_MS = 60_000;

/** How old what the page shows is, where it could not be read anew; null: it is new. */
function oldest(): number | null {
  const times = queries
    .getQueryCache()
    .findAll({ type: 'active' })
    .filter(({ state }) => state.data !== undefined)
    .filter(
      ({ state: { error, fetchStatus, dataUpdatedAt } }) =>
        !navigator.onLine ||
        (error !== null && isAway(error)) ||
        (fetchStatus !== 'idle' && Date.now() - dataUpdatedAt > OLD_MS),
    )
    .map(({ state: { dataUpdatedAt } }) => dataUpdatedAt);
  return times.length === 0 ? null : Math.min(...times);
}

function subscribe(changed: () => void): () => void {
  const stop = queries.getQueryCache().subscribe(changed);
  for (const event of ['online', 'offline']) addEventListener(event, changed);
  return () => {
    stop();
    for (const event of ['online', 'offline']) removeEventListener(event, changed);
  };
}

/** Says of when the figures are, on a bad network. */
export function AsOf() {
  const words = useWords();
  const { language } = useLanguage();
  const at = useSyncExternalStore(subscribe, oldest);
  if (at === null) return null;
  const sameDay = new Date(at).toDateString() === new Date().toDateString();
  const time = new Intl.DateTimeFormat(
    language,
    sameDay ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(at);
  return (
    <p className="as-of" role="status">
      {words.asOf(time)}
      <button type="button" className="small" onClick={() => void queries.refetchQueries({ type: 'active' })}>
        {words.problem.again}
      </button>
    </p>
  );
}
