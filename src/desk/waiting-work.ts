import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role, Staff } from '../access/index.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { WaitingCountRepository, type CountedRows } from './waiting-count.repository.js';

/** Things of a kind that are counted, at most: who has more to do does not need the number. */
export const COUNTED = 1000;

/** What may wait for people, in the order in which a dashboard shows it. */
export const WORK_KINDS = [
  'audit-findings',
  'staff-changes',
  'unknown-payouts',
  'payout-contradictions',
  'paused-batches',
  'schedule-problems',
  'batches-to-approve',
  'batch-requests-to-approve',
  'failure-statements-to-approve',
  'matches-to-approve',
  'adjustments-to-approve',
  'holds-to-decide',
  'open-bank-lines',
  'drafted-batches',
  'batches-to-submit',
  'parked-events',
  'dismissals-to-approve',
  'applications',
  'bank-account-changes',
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Something that waits for a person of one of the roles. */
export interface WorkItem {
  kind: WorkKind;
  roles: readonly Role[];
  /** What follows FROM in a count of the rows that wait for this person; every condition of it has an index. */
  rows: (staffId: string) => CountedRows;
}

/** How much waits for a person. */
export interface Waiting {
  kind: WorkKind;
  count: number;
  /** There is more than was counted. */
  more: boolean;
}

/** The work that waits for a person, by their roles; what needs a second person does not wait for the first. */
@Injectable()
export class WaitingWork {
  private readonly sources: WorkSource[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly counts: WaitingCountRepository,
  ) {}

  enrol(source: WorkSource): void {
    this.sources.push(source);
  }

  /** Of every kind that these roles have to do with, also where nothing waits. */
  async countFor({ staffId, roles }: Pick<Staff, 'staffId' | 'roles'>): Promise<Waiting[]> {
    const mine = this.sources
      .flatMap(({ items }) => items)
      .filter((item) => item.roles.some((role) => roles.includes(role)))
      .sort((a, b) => WORK_KINDS.indexOf(a.kind) - WORK_KINDS.indexOf(b.kind));
    return Promise.all(mine.map((item) => this.count(this.unitOfWork.reader, item, staffId)));
  }

  private async count(tx: EntityManager, { kind, rows }: WorkItem, staffId: string): Promise<Waiting> {
    const count = await this.counts.count(tx, rows(staffId), COUNTED + 1);
    return { kind, count: Math.min(count, COUNTED), more: count > COUNTED };
  }
}

/** What waits in one room. It enrols itself with {@link WaitingWork}. */
@Injectable()
export abstract class WorkSource {
  constructor(work: WaitingWork) {
    work.enrol(this);
  }

  abstract readonly items: readonly WorkItem[];
}
