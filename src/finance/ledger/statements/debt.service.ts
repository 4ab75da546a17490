import { Injectable } from '@nestjs/common';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { minorToWire } from '../../../shared/money.js';
import { LedgerRepository } from '../ledger.repository.js';
import { debtsOf } from './debt.js';
import type { DebtsDto } from './debt.dto.js';
import { StatementRepository, type StatementEntry } from './statement.repository.js';
import { entryView } from './statement.service.js';
import type { MerchantId } from '../../../shared/ids.js';

/** Negative balances of merchants, and why, from their entries alone. */
@Injectable()
export class DebtService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly statements: StatementRepository,
    private readonly merchants: MerchantRegistry,
  ) {}

  /** Every asset in which a merchant's balance is negative. Throws `merchant.not-found`. */
  async readDebts(merchantId: MerchantId): Promise<DebtsDto> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const items: DebtsDto['items'] = [];
    for (const { asset, balances } of await this.ledger.findAccounts(reader, merchantId)) {
      if (balances.owed === 0n) continue;
      const entries = await this.statements.findOwedEntries(reader, merchantId, asset);
      const orders = await this.statements.findOrders(
        reader,
        entries.flatMap(({ rewardId }) => rewardId ?? []),
      );
      const orderOf = ({ rewardId }: StatementEntry) => (rewardId === null ? null : (orders.get(rewardId) ?? null));
      const debts = debtsOf(entries);
      items.push({
        asset,
        owed: minorToWire(debts.reduce((sum, { remaining }) => sum + remaining, 0n)),
        debts: debts.map(({ made, remaining, paidOff }) => ({
          entry: entryView(made),
          order: orderOf(made),
          remaining: minorToWire(remaining),
          paidOff: paidOff.map(({ by, amount }) => ({
            amount: minorToWire(amount),
            entry: entryView(by),
            order: orderOf(by),
          })),
        })),
      });
    }
    return { items };
  }
}
