import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line of the log says of the work that wrote it. */
export interface WorkContext {
  /** req_…: the request that is answered. */
  requestId?: string;
  /** The job that a worker runs. */
  job?: string;
  /** The requests that announced it. */
  requests?: readonly string[];
}

const context = new AsyncLocalStorage<WorkContext>();

/** Runs `work`; whatever it logs, however deep, says this context. */
export function withContext<T>(of: WorkContext, work: () => T): T {
  return context.run(of, work);
}

/** The context of the caller; empty outside of any. */
export function currentContext(): WorkContext {
  return context.getStore() ?? {};
}
