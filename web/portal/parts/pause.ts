import { useEffect, useState } from 'react';

const SECOND_MS = 1000;

/** A pause before something may be asked again: the seconds that are left, and how to begin it. */
export function usePause(seconds: number): [left: number, begin: () => void] {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const running = now < until;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [running]);
  const begin = () => {
    setNow(Date.now());
    setUntil(Date.now() + seconds * SECOND_MS);
  };
  return [running ? Math.ceil((until - now) / SECOND_MS) : 0, begin];
}
