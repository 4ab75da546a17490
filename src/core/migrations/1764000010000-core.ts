import { Tables } from './tables.js';

/** When scheduled jobs last ran. */
export class Core1764000010000 extends Tables {
  readonly tables = {
    job_run: `
      job VARCHAR(40) NOT NULL,
      last_run_at DATETIME(6) NOT NULL,
      PRIMARY KEY (job)`,
  };
}
