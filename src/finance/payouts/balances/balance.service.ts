import { Injectable } from '@nestjs/common';
import {
  StorefrontDirectory,
  MerchantDirectory,
  merchantName,
  MerchantRegistry,
  assertMerchant,
} from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { minorToWire } from '../../../shared/money.js';
import { CouponTemplateService } from '../../assets/index.js';
import { emptyBalances, LedgerRepository } from '../../ledger/index.js';
import { POINTS } from '../../../shared/asset.js';
import type { BalancesDto, BalanceDto, MerchantBalanceDto } from './balance.dto.js';
import { PayoutTrailRepository, type PaidOut } from './payout-trail.repository.js';
import type { MerchantId } from '../../../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';

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
    private readonly directory: MerchantDirectory,
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
      items: [...assets].sort().map((asset) => ({
        ...balanceView(asset, accounts.get(asset), inTransit.get(asset)),
        ...paidOutView(paidOut.get(asset)),
      })),
    };
  }

  /** What merchants have in one asset, of all who ever had some of it. */
  async listBalances(asset: string, { limit, after }: PageRequest<MerchantId>): Promise<Page<MerchantBalanceDto>> {
    const reader = this.unitOfWork.reader;
    const rows = await this.ledger.findAccountsOf(reader, asset, after, limit + 1);
    const ids = rows.map(({ merchantId }) => merchantId);
    const inTransit = await this.payouts.findInTransitOf(reader, asset, ids);
    return pageOf(
      rows,
      limit,
      ({ merchantId }) => merchantId,
      ({ merchantId, balances }) => ({
        ...balanceView(asset, balances, inTransit.get(merchantId)),
        merchant: merchantName(this.directory, merchantId),
      }),
    );
  }
}

function balanceView(asset: string, balances = emptyBalances(), inTransit = 0n) {
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

function paidOutView(paidOut?: PaidOut): Pick<BalanceDto, 'paidOut' | 'lastPaid'> {
  if (!paidOut) return { paidOut: 0, lastPaid: null };
  const { id, sentAmount, at } = paidOut.last;
  return {
    paidOut: minorToWire(paidOut.total),
    lastPaid: { id, sentAmount: minorToWire(sentAmount), at: at.toISOString() },
  };
}
