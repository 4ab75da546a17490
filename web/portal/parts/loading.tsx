import { useWords } from '../words.js';
import { ProblemNotice } from './problem-notice.js';

/** Room for what is read, of its size, so that nothing jumps. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  const words = useWords();
  return (
    <div className="card skeleton" aria-busy="true" aria-label={words.loading} role="status">
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}

interface Props {
  query: { error: unknown; refetch: () => unknown };
  rows?: number;
}

/** What stands where an answer will be: room for it, or why it did not come. */
export function NotYet({ query: { error, refetch }, rows }: Props) {
  return error ? <ProblemNotice error={error} retry={() => void refetch()} /> : <Skeleton {...(rows && { rows })} />;
}
