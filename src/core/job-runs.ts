import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { databaseNow } from './database-now.js';
import { Table } from './table.js';
import { UnitOfWork } from './unit-of-work.js';

/** When a scheduled job last came to its end, by the database's clock. */
@Entity('job_run')
export class JobRunEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  job!: string;

  @Column({ name: 'last_run_at', type: 'datetime', precision: 6 })
  lastRunAt!: Date;
}

const RUNS = new Table(JobRunEntity);

/** When scheduled jobs last ran. All of it by the database's clock: that of a process may be wrong, or be set back. */
@Injectable()
export class JobRuns {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Begins to count for jobs that have never run. */
  async expect(jobs: readonly string[]): Promise<void> {
    const now = await databaseNow(this.unitOfWork.reader);
    await this.unitOfWork.run((tx) =>
      RUNS.insert(
        tx,
        jobs.map((job) => ({ job, lastRunAt: now })),
        'ON DUPLICATE KEY UPDATE job = job_run.job',
      ),
    );
  }

  /** Notes that a job has come to its end. */
  async note(job: string): Promise<void> {
    await this.unitOfWork.reader.query(
      'INSERT INTO job_run (job, last_run_at) VALUES (?, NOW(6)) ON DUPLICATE KEY UPDATE last_run_at = NOW(6)',
      [job],
    );
  }

  /** Seconds since each job last ran; below zero when the database's own clock was set back. */
  async ages(): Promise<Map<string, number>> {
    const rows: { job: string; age: string }[] = await this.unitOfWork.reader.query(
      'SELECT job, TIMESTAMPDIFF(SECOND, last_run_at, NOW(6)) age FROM job_run',
    );
    return new Map(rows.map(({ job, age }) => [job, Number(age)]));
  }
}
