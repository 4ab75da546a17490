import { useEffect, useRef, useState } from 'react';
import type { Schema } from '../../../api/client.js';
import { useFilters } from '../../parts/filters.js';
import { keep, kept } from '../../parts/kept.js';
import { simulate, type Progress, type Simulated } from './simulate.js';

type Asked = Schema<'SimulateRulesDto'>;

/** The last simulation, under the id that is in the address; without a result it was not over. */
interface Kept {
  id: string;
  asked: Asked;
  result?: Simulated;
}

const NAME = 'simulation';

/** A simulation that a reload does not lose: what was asked and came out is kept, and what was not over begins again. */
export function useSimulation() {
  const [{ simulation: id }, setFilters] = useFilters();
  const [known, setKnown] = useState<Kept | null>(() => kept(NAME) as Kept | null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);

  const run = async (next: Kept) => {
    const stop = new AbortController();
    running.current?.abort();
    running.current = stop;
    setError(null);
    setProgress({ orders: 0, of: 0 });
    remember(next);
    try {
      remember({ ...next, result: await simulate(next.asked, setProgress, stop.signal) });
    } catch (failure) {
      if (stop.signal.aborted) return;
      setError(failure);
    }
    setProgress(null);
  };
  const remember = (next: Kept) => {
    keep(NAME, next);
    setKnown(next);
  };
  const shown = known?.id === id ? known : null;
  useEffect(() => {
    if (shown && !shown.result) void run(shown);
    return () => running.current?.abort();
    // Once, when the page is opened: later ones are started by a button.
  }, []);
  return {
    asked: shown?.asked,
    result: shown?.result,
    progress,
    error,
    start: (asked: Asked) => {
      const next = { id: crypto.randomUUID(), asked };
      setFilters({ simulation: next.id });
      void run(next);
    },
    again: () => {
      if (shown) void run(shown);
    },
    stop: () => {
      running.current?.abort();
      setProgress(null);
      setFilters({ simulation: undefined });
    },
  };
}
