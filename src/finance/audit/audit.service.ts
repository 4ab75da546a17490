import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../config.js';
import { UnitOfWork } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { allInvariants, checkInvariant } from './all-invariants.js';
import type { AuditItem, AuditView } from './audit.dto.js';
import type { SqlInvariant } from './invariant.js';

/** Runs every invariant of the books. */
@Injectable()
export class AuditService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Each invariant is one statement, so each sees the books at one moment while they go on being written. */
  async runAudit(): Promise<AuditView> {
    const at = this.clock.now().toISOString();
    const items = await this.checkAll(this.unitOfWork.reader);
    return { at, clean: items.every((item) => item.count === 0), items };
  }

  /** Every invariant as `tx` sees the books, by number. */
  async checkAll(tx: EntityManager): Promise<AuditItem[]> {
    const items: AuditItem[] = [];
    // What asks for the time goes first: in a snapshot the rows stand still and the time does not.
    const invariants = [...allInvariants(this.config.sweepSeconds)].sort((a, b) => +asksTheTime(b) - +asksTheTime(a));
    for (const invariant of invariants) items.push(await checkInvariant((sql) => tx.query(sql), invariant));
    return items.sort((a, b) => a.invariant - b.invariant);
  }
}

function asksTheTime({ sql }: SqlInvariant): boolean {
  return /\b(CURRENT_TIMESTAMP|NOW|UTC_TIMESTAMP)\b/.test(sql);
}
