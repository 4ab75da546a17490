import { useEffect } from 'react';
import { useWords } from '../words.js';
import { useAction } from './action.js';
import { usePause } from './pause.js';
import { ProblemNotice } from './problem-notice.js';

const PAUSE_SECONDS = 60;

/** Sends a code once more, after a pause: the first one may only be slow. */
export function SendAgain({ send }: { send: Parameters<typeof useAction>[0] }) {
  const words = useWords();
  const [left, begin] = usePause(PAUSE_SECONDS);
  const { pending, error, run } = useAction(send, begin);
  useEffect(begin, []);
  return (
    <div>
      {error !== null && <ProblemNotice error={error} />}
      <button type="button" className="plain" disabled={pending || left > 0} onClick={() => void run()}>
        {left > 0 ? words.code.againIn(left) : words.code.again}
      </button>
    </div>
  );
}
