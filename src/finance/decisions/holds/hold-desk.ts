import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { DomainError, type FieldError, type SharedErrorCode } from '../../../shared/domain-error.js';
import { minorFromWire, minorToWire } from '../../../shared/money.js';
import { pageOf, type Page } from '../../../shared/page.js';
import { pageRequest } from '../../../shared/page.dto.js';
import { ASSET_FORMS, isAsset } from '../../../shared/asset.js';
import type { Hold } from './hold.js';
import type { DecideHoldDto, OpenHoldDto, HoldQuery, HoldDto, ReleasedHoldsDto, ReleaseHoldsDto } from './hold.dto.js';
import { HoldRepository } from './hold.repository.js';
import { HoldService } from './hold.service.js';
import type { HoldId, MerchantId } from '../../../shared/ids.js';

/** Holds as they come and go over HTTP. */
@Injectable()
export class HoldDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly holds: HoldRepository,
    private readonly service: HoldService,
  ) {}

  /** Throws `request.invalid` unless it names a reward, or a merchant with asset and amount. */
  async open({ reward, merchant, asset, amount, reason }: OpenHoldDto, principal: Principal): Promise<HoldDto> {
    const given = { merchant, asset, amount };
    if (reward != null) {
      const extra = Object.entries(given).filter(([, value]) => value != null);
      assertFields(extra.map(([name]) => ({ pointer: `/${name}`, detail: 'must not be given with a reward' })));
      return viewOf(await this.service.holdReward(reward, reason, principal));
    }
    const missing = Object.entries(given).filter(([, value]) => value == null);
    assertFields(missing.map(([name]) => ({ pointer: `/${name}`, detail: 'must be given without a reward' })));
    if (merchant == null || asset == null || amount == null) throw new Error('a member is missing');
    if (!isAsset(asset)) assertFields([{ pointer: '/asset', detail: `must be ${ASSET_FORMS}` }]);
    const wanted = { merchantId: merchant, asset, amount: amount === 'all' ? null : minorFromWire(amount) };
    return viewOf(await this.service.holdBalance(wanted, reason, principal));
  }

  async release(id: HoldId, { reason }: DecideHoldDto, principal: Principal): Promise<HoldDto> {
    return viewOf(await this.service.releaseHold(id, reason, principal));
  }

  async void(id: HoldId, { reason }: DecideHoldDto, principal: Principal): Promise<HoldDto> {
    return viewOf(await this.service.voidHold(id, reason, principal));
  }

  async releaseAll(merchantId: MerchantId, dto: ReleaseHoldsDto, principal: Principal): Promise<ReleasedHoldsDto> {
    return { released: await this.service.releaseAll(merchantId, dto.cause, dto.reason, principal) };
  }

  /** Throws `hold.not-found`. */
  async read(id: HoldId): Promise<HoldDto> {
    return viewOf(await this.holds.get(this.unitOfWork.reader, id));
  }

  /** Holds, the oldest first. */
  async list(query: HoldQuery): Promise<Page<HoldDto>> {
    const page = pageRequest(query);
    const { merchant: merchantId, reward: rewardId, state, cause } = query;
    const rows = await this.holds.list(this.unitOfWork.reader, { merchantId, rewardId, state, cause }, page);
    return pageOf(rows, page.limit, (hold) => hold.id, viewOf);
  }
}

function assertFields(errors: readonly FieldError[]): void {
  if (errors.length > 0)
    throw new DomainError<SharedErrorCode>('request.invalid', `${errors.length} field(s) are not valid.`, errors);
}

export function viewOf(hold: Hold): HoldDto {
  const { merchantId, amount, remaining, refunded, settled, rewardId, payoutId, heldAt, decidedAt, ...rest } = hold;
  return {
    ...rest,
    merchant: merchantId,
    amount: minorToWire(amount),
    remaining: minorToWire(remaining),
    refunded: minorToWire(refunded),
    settled: minorToWire(settled),
    reward: rewardId,
    payout: payoutId,
    heldAt: heldAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
