import { useRef, useState } from 'react';
import { newIdempotencyKey } from '../../api/client.js';
import { noticeEndOfSession, queries } from '../queries.js';

export interface Action {
  /** Whether it is under way: its button takes no second press. */
  pending: boolean;
  /** Why the last attempt was refused; what was typed stays. */
  error: unknown;
  /** Whether it was done. */
  run: () => Promise<boolean>;
}

interface Answer<Result> {
  data?: Result;
  error?: unknown;
  response: Response;
}

/**
 * Something that a merchant does, once at a time. `send` gets a key under which a repeat after a lost connection counts once. Afterwards
 * all that is shown is read anew.
 */
export function useAction<Result>(
  send: (headers: { 'Idempotency-Key': string }) => Promise<Answer<Result>>,
  done?: (result: Result) => void,
): Action {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const key = useRef<string | undefined>(undefined);
  const running = useRef(false);
  const run = async () => {
    // Not by `pending`: a second press may come before the button has been drawn anew.
    if (running.current) return false;
    running.current = true;
    setPending(true);
    setError(null);
    key.current ??= newIdempotencyKey();
    const answer = await send({ 'Idempotency-Key': key.current });
    running.current = false;
    setPending(false);
    const refused = answer.error !== undefined;
    // Refused or done: what comes next is another attempt. Not answered: it is the same one.
    if (!refused || answer.response.status < 500) key.current = undefined;
    if (refused) {
      setError(answer.error);
      noticeEndOfSession(answer.error);
      return false;
    }
    done?.(answer.data as Result);
    await queries.invalidateQueries();
    return true;
  };
  return { pending, error, run };
}
