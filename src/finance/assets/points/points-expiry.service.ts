import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDatabaseAway, isLockConflict } from '../../../core/driver-error.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import { operatorEntry, type Book, Ledger, LedgerRepository, journalText } from '../../ledger/index.js';
import { POINTS } from '../../../shared/asset.js';
import type { Lot } from './lot.js';
import { PointsLotRepository } from './points-lot.repository.js';
import type { MerchantId } from '../../../shared/ids.js';
import { negated } from '../../../shared/amount.js';

/** Merchants looked for at once. */
const MERCHANTS = 100;
/** Lots in one transaction, at most. */
const LOTS = 500;

/** Lets points expire when their day has come, by the database's clock. */
@Injectable()
export class PointsExpiryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lots: PointsLotRepository,
    private readonly ledger: Ledger,
    private readonly accounts: LedgerRepository,
    private readonly logger: Logger,
  ) {}

  /**
   * Expires everything that is due, once however many workers do this at once; returns how many lots. A merchant whose
   * points cannot expire is logged and holds up no other; the audit shows it.
   */
  async expirePoints(): Promise<number> {
    let expired = 0;
    for (let after: MerchantId | '' = ''; ;) {
      const merchants = await this.lots.findMerchantsDue(this.unitOfWork.reader, after, MERCHANTS);
      expired += merchants.length === 0 ? 0 : await this.expireOrBisect(merchants);
      if (merchants.length < MERCHANTS) return expired;
      after = merchants.at(-1) ?? after;
    }
  }

  /** Expires what is due of this merchant in the caller's transaction, so that points past their day are not redeemed. */
  async expireOf(tx: EntityManager, merchantId: MerchantId): Promise<void> {
    while ((await this.expireBatch(tx, [merchantId])) === LOTS);
  }

  private async expireOrBisect(merchants: readonly MerchantId[]): Promise<number> {
    try {
      return await this.expireAllOf(merchants);
    } catch (error) {
      if (isDatabaseAway(error) || isLockConflict(error)) throw error;
      if (merchants.length === 1) {
        this.logger.alert('points-stuck', { merchantId: merchants[0], err: error });
        return 0;
      }
      const middle = merchants.length >>> 1;
      return (
        (await this.expireOrBisect(merchants.slice(0, middle))) + (await this.expireOrBisect(merchants.slice(middle)))
      );
    }
  }

  private async expireAllOf(merchants: readonly MerchantId[]): Promise<number> {
    for (let expired = 0; ;) {
      const lots = await this.unitOfWork.run((tx) => this.expireBatch(tx, merchants));
      expired += lots;
      if (lots < LOTS) return expired;
    }
  }

  private async expireBatch(tx: EntityManager, merchants: readonly MerchantId[]): Promise<number> {
    // What is due is read under the lock that every movement of points takes.
    const wanted = merchants.map((merchantId) => ({ merchantId, asset: POINTS }));
    await this.accounts.lockAccounts(tx, wanted);
    const due = await this.lots.findDue(tx, merchants, LOTS);
    if (due.length > 0) await this.ledger.post(tx, wanted, (book) => due.forEach((lot) => postExpiry(book, lot)));
    return due.length;
  }
}

/** What is due is what expires first, so the lots follow. */
function postExpiry(book: Book, { id, merchantId, parts, expiresAt, issuedAt }: Lot): void {
  const expired = { asset: POINTS, amount: parts.remaining };
  book.post({
    // What is given back to a lot past its day expires again: the key says how much has expired in all.
    businessKey: `expiry:${id}:${(parts.expired + parts.remaining).toString()}`,
    kind: 'expiry',
    description: journalText('pointsExpired'),
    occurredAt: expiresAt ?? issuedAt,
    cause: { type: 'points-lot', id },
    entries: [{ owner: merchantId, account: 'available', ...negated(expired) }, operatorEntry('expired', expired)],
  });
}
