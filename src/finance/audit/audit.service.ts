import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { Clock } from '../../core/clock.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { INVARIANTS } from '../ledger/index.js';
import { allInvariants, checkInvariant, invariantsByFolder, statement } from './all-invariants.js';
import { AuditRepository } from './audit.repository.js';
import { AuditResultRepository } from './audit-result.repository.js';
import type { AuditDto, AuditItemDto, AuditProgressDto, InvariantsDto } from './audit.dto.js';

const TELL_EVERY_MS = 300;

/** Runs every invariant of the books. */
@Injectable()
export class AuditService {
  constructor(
    private readonly books: AuditRepository,
    private readonly results: AuditResultRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Each invariant is one statement, so each sees the books at one moment while they go on being written. */
  async runAudit(): Promise<AuditDto> {
    const at = this.clock.now().toISOString();
    const items = await this.checkAll(null);
    return { at, clean: items.every((item) => item.count === 0), items };
  }

  /** Every invariant, by number: over everything, or over what was written since a moment where an invariant can be looked at so. */
  async checkAll(since: Date | null): Promise<AuditItemDto[]> {
    const invariants = allInvariants(this.config.sweepSeconds);
    const startedAt = this.clock.now().toISOString();
    const items: AuditItemDto[] = [];
    let told = 0;
    for (const invariant of invariants) {
      if (performance.now() - told > TELL_EVERY_MS) {
        told = performance.now();
        await this.tell({ startedAt, checked: items.length, of: invariants.length });
      }
      items.push(await checkInvariant(this.books.select, invariant, since));
    }
    await this.tell({ startedAt, checked: items.length, of: items.length });
    return items;
  }

  /** Every invariant with its sentence and its statement. */
  listInvariants(): InvariantsDto {
    const items = Object.entries(invariantsByFolder(this.config.sweepSeconds)).flatMap(([part, invariants]) =>
      invariants.map(({ invariant, title, sql }) => ({
        invariant,
        sentence: INVARIANTS[invariant],
        title,
        part,
        sql: statement(sql),
      })),
    );
    return { items: items.sort((a, b) => a.invariant - b.invariant) };
  }

  private tell(progress: AuditProgressDto): Promise<void> {
    return this.unitOfWork.run((tx) => this.results.keepProgress(tx, progress));
  }
}
