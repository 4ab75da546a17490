import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { UnitOfWork } from '../../database/index.js';
import { OrderAudit } from '../../detection/index.js';
import { Clock } from '../../shared/clock.js';
import type { AuditItem, AuditView } from './audit.dto.js';
import { eventInvariants, type EventInvariant } from './event-invariants.js';
import type { SqlInvariant } from './invariant.js';
import { payoutInvariants } from '../payouts/payout-invariants.js';
import { ledgerInvariants } from './ledger-invariants.js';
import { rewardInvariants } from './reward-invariants.js';

const SHOWN = 20;
/** A sweep looks for what has waited a period, once a period; one more for its work. */
const LATE_PERIODS = 3;

/** Runs every invariant of the books. */
@Injectable()
export class AuditService {
  private readonly sql: readonly SqlInvariant[];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: OrderAudit,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {
    this.sql = [...ledgerInvariants, ...rewardInvariants(this.lateSeconds), ...payoutInvariants];
  }

  /** Each invariant is one statement, so each sees the books at one moment while they go on being written. */
  async runAudit(): Promise<AuditView> {
    const at = this.clock.now().toISOString();
    const items: AuditItem[] = [];
    for (const invariant of this.sql) items.push(await this.check(invariant));
    for (const invariant of eventInvariants(this.unitOfWork.reader, this.events, this.lateSeconds))
      items.push(await checkEvents(invariant));
    items.sort((a, b) => a.invariant - b.invariant);
    return {
      at,
      clean: items.every((item) => item.count === 0),
      items,
      notApplicable: [{ invariant: 13, reason: 'Points have no lots yet: they do not expire.' }],
    };
  }

  private get lateSeconds(): number {
    return LATE_PERIODS * this.config.sweepSeconds;
  }

  private async check({ invariant, title, sql }: SqlInvariant): Promise<AuditItem> {
    const { reader } = this.unitOfWork;
    const rows: { offender: string | number }[] = await reader.query(`${sql} LIMIT ${(SHOWN + 1).toString()}`);
    let count = rows.length;
    if (count > SHOWN) {
      const [counted]: { count: string | number }[] = await reader.query(
        `SELECT COUNT(*) count FROM (${sql}) offenders`,
      );
      count = Number(counted?.count);
    }
    return { invariant, title, count, offenders: rows.slice(0, SHOWN).map((row) => String(row.offender)) };
  }
}

async function checkEvents({ invariant, title, find }: EventInvariant): Promise<AuditItem> {
  const offenders = await find();
  return { invariant, title, count: offenders.length, offenders: offenders.slice(0, SHOWN) };
}
