import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDatabaseAway, isLockConflict } from '../../core/driver-error.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Logger } from '../../core/logger.js';
import { creditEntries, type Book, Ledger, journalText } from '../ledger/index.js';
import { mature, type Reward } from './reward.js';
import { RewardRepository, type DueKey } from './reward.repository.js';
import type { RewardId } from '../../shared/ids.js';

/** Rewards in one transaction, at most. */
const BATCH = 500;

/** Makes pending rewards available when their hold is over, by the database's clock. */
@Injectable()
export class MaturityService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rewards: RewardRepository,
    private readonly ledger: Ledger,
    private readonly logger: Logger,
  ) {}

  /**
   * Matures everything that is due, each reward exactly once however many workers do this at once; returns how many. A
   * reward that cannot mature is logged and holds up no other; the audit shows it.
   */
  async matureRewards(): Promise<number> {
    let matured = 0;
    for (let after: DueKey | null = null; ;) {
      const due: DueKey[] = await this.rewards.findDue(this.unitOfWork.reader, after, BATCH);
      matured += due.length === 0 ? 0 : await this.matureOrBisect(due.map(({ id }) => id));
      if (due.length < BATCH) return matured;
      after = due.at(-1) ?? null;
    }
  }

  private async matureOrBisect(ids: readonly RewardId[]): Promise<number> {
    try {
      return await this.unitOfWork.run((tx) => this.matureBatch(tx, ids));
    } catch (error) {
      if (isDatabaseAway(error) || isLockConflict(error)) throw error;
      if (ids.length === 1) {
        this.logger.alert('reward-stuck', { rewardId: ids[0], err: error });
        return 0;
      }
      const middle = ids.length >>> 1;
      return (await this.matureOrBisect(ids.slice(0, middle))) + (await this.matureOrBisect(ids.slice(middle)));
    }
  }

  private async matureBatch(tx: EntityManager, ids: readonly RewardId[]): Promise<number> {
    const due = await this.rewards.lockDue(tx, ids);
    await this.ledger.post(tx, due, (book) => due.forEach((reward) => postMaturity(book, reward)));
    await this.rewards.update(tx, due.map(mature));
    return due.length;
  }
}

function postMaturity(book: Book, { id: rewardId, merchantId, asset, pending, matureAt, createdAt }: Reward): void {
  book.post({
    businessKey: `maturity:${rewardId}`,
    kind: 'maturity',
    description: journalText('maturity'),
    occurredAt: matureAt ?? createdAt,
    cause: { type: 'reward', id: rewardId },
    entries: [
      { owner: merchantId, asset, account: 'pending', amount: -pending, rewardId },
      ...creditEntries(book, { merchantId, asset, amount: pending, rewardId }),
    ],
  });
}
