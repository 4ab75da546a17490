import { Injectable } from '@nestjs/common';
import { StorefrontDirectory } from '../../access/index.js';
import { MerchantRegistry, UnitOfWork } from '../../database/index.js';
import { minorToWire } from '../../shared/money.js';
import { CouponTemplateService } from '../coupons/coupon-template.service.js';
import { emptyBalances } from '../ledger/account.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { assertMerchant } from '../merchant.js';
import { POINTS } from '../rewards/asset.js';
import type { BalancesView, BalanceView } from './statement.dto.js';
import { StatementRepository } from './statement.repository.js';

/** What merchants have. */
@Injectable()
export class BalanceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly statements: StatementRepository,
    private readonly merchants: MerchantRegistry,
    private readonly storefronts: StorefrontDirectory,
    private readonly templates: CouponTemplateService,
  ) {}

  /**
   * A merchant's balances by asset: of all that they can be rewarded in (the storefronts' currencies, points, coupons),
   * zeros where nothing was posted yet, and of what they have besides. Throws `merchant.not-found`.
   */
  async readBalances(merchantId: string): Promise<BalancesView> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const rows = await this.ledger.findAccounts(reader, merchantId);
    const accounts = new Map(rows.map(({ asset, balances }) => [asset, balances]));
    const currencies = this.storefronts.all().map(({ currency }) => currency);
    const assets = new Set([...accounts.keys(), ...currencies, POINTS, ...(await this.templates.listAssets(reader))]);
    const inTransit = await this.statements.findInTransit(reader, merchantId);
    return {
      items: [...assets].sort().map((asset) => balanceView(asset, accounts.get(asset), inTransit.get(asset))),
    };
  }
}

function balanceView(asset: string, balances = emptyBalances(), inTransit = 0n): BalanceView {
  return {
    asset,
    pending: minorToWire(balances.pending),
    available: minorToWire(balances.available),
    reserved: minorToWire(balances.reserved),
    inTransit: minorToWire(inTransit),
    held: minorToWire(balances.held),
    owed: minorToWire(balances.owed),
  };
}
