import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { Clock } from '../../core/clock.js';
import { allInvariants, checkInvariant } from './all-invariants.js';
import { AuditRepository } from './audit.repository.js';
import type { AuditItemDto, AuditDto } from './audit.dto.js';

/** Runs every invariant of the books. */
@Injectable()
export class AuditService {
  constructor(
    private readonly books: AuditRepository,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Each invariant is one statement, so each sees the books at one moment while they go on being written. */
  async runAudit(): Promise<AuditDto> {
    const at = this.clock.now().toISOString();
    const items = await this.checkAll();
    return { at, clean: items.every((item) => item.count === 0), items };
  }

  /** Every invariant, by number. */
  async checkAll(): Promise<AuditItemDto[]> {
    const items: AuditItemDto[] = [];
    for (const invariant of allInvariants(this.config.sweepSeconds))
      items.push(await checkInvariant(this.books.select, invariant));
    return items;
  }
}
