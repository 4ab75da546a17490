import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';

/** Of what work this is a part: every line of the log says so, and its transactions may note it. */
export interface WorkContext {
  /** req_…: the request that is answered. */
  requestId?: string;
  /** Network address that the request came from. */
  address?: string;
  /** The job that a worker runs. */
  job?: string;
  /** The requests that announced it. */
  requests?: readonly string[];
  /** The spans of this job in the traces of those requests. */
  jobSpans?: ReadonlyMap<string, string>;
  /** What each transaction of this work writes besides, last of all, so that it stands or falls with it. */
  beforeCommit?: (tx: EntityManager) => Promise<void>;
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
