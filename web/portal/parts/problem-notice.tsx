import { problemText } from '../../ui/problem.js';
import { useWords } from '../words.js';

/** A refusal in words: what it means, what to do, and the request's number for who asks for help. */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const words = useWords();
  const { title, advice, requestId, fields } = problemText(error, words);
  return (
    <div className="notice" role="alert">
      <p>
        <strong>{title}</strong> {advice}
      </p>
      {[...fields].map(([pointer, fault]) => (
        <p key={pointer}>
          {pointer.split('/').at(-1)}: {fault}
        </p>
      ))}
      {retry && (
        <button type="button" className="small" onClick={retry}>
          {words.problem.again}
        </button>
      )}
      {requestId && (
        <p className="fine">
          {words.problem.requestId} <code>{requestId}</code>
        </p>
      )}
    </div>
  );
}
