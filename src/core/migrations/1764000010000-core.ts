import { Tables } from './tables.js';

/** Which server of a cluster is written to, and when scheduled jobs last ran. */
export class Core1764000010000 extends Tables {
  readonly tables = {
    cluster_writer: `
      id TINYINT UNSIGNED NOT NULL,
      address VARCHAR(255) NOT NULL,
      PRIMARY KEY (id)`,
    job_run: `
      job VARCHAR(40) NOT NULL,
      last_run_at DATETIME(6) NOT NULL,
      PRIMARY KEY (job)`,
  };
}
