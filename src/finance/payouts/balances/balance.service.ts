import { Injectable } from '@nestjs/common';
import { StorefrontDirectory, MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { minorToWire } from '../../../shared/money.js';
import { CouponTemplateService } from '../../assets/index.js';
import { emptyBalances, LedgerRepository } from '../../ledger/index.js';
import { POINTS } from '../../../shared/asset.js';
import type { BalancesDto, BalanceDto, LastPaidDto } from './balance.dto.js';
import { PayoutTrailRepository, type PaidOut } from './payout-trail.repository.js';
import type { MerchantId } from '../../../shared/ids.js';

/** What merchants have. */
@Injectable()
export class BalanceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly payouts: PayoutTrailRepository,
    private readonly merchants: MerchantRegistry,
    private readonly storefronts: StorefrontDirectory,
    private readonly templates: CouponTemplateService,
  ) {}

  /**
   * A merchant's balances by asset: of all that they can be rewarded in (the storefronts' currencies, points, coupons),
   * zeros where nothing was posted yet, and of what they have besides. Throws `merchant.not-found`.
   */
  async readBalances(merchantId: MerchantId): Promise<BalancesDto> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const rows = await this.ledger.findAccounts(reader, merchantId);
    const accounts = new Map(rows.map(({ asset, balances }) => [asset, balances]));
    const currencies = this.storefronts.all().map(({ currency }) => currency);
    const assets = new Set([...accounts.keys(), ...currencies, POINTS, ...(await this.templates.listAssets(reader))]);
    const inTransit = await this.payouts.findInTransit(reader, merchantId);
    const paidOut = await this.payouts.findPaidOut(reader, merchantId);
    return {
      items: [...assets]
        .sort()
        .map((asset) => balanceView(asset, accounts.get(asset), inTransit.get(asset), paidOut.get(asset))),
    };
  }
}

function balanceView(asset: string, balances = emptyBalances(), inTransit = 0n, paidOut?: PaidOut): BalanceDto {
  return {
    asset,
    pending: minorToWire(balances.pending),
    available: minorToWire(balances.available),
    reserved: minorToWire(balances.reserved),
    inTransit: minorToWire(inTransit),
    held: minorToWire(balances.held),
    owed: minorToWire(balances.owed),
    paidOut: minorToWire(paidOut?.total ?? 0n),
    lastPaid: paidOut ? lastPaidView(paidOut) : null,
  };
}

function lastPaidView({ last: { id, sentAmount, at } }: PaidOut): LastPaidDto {
  return { id, sentAmount: minorToWire(sentAmount), at: at.toISOString() };
}
