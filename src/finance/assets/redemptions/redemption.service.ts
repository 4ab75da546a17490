import { Injectable } from '@nestjs/common';
import { isDuplicate } from '../../../core/driver-error.js';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError, type SharedErrorCode } from '../../../shared/domain-error.js';
import { minorFromWire, minorToWire } from '../../../shared/money.js';
import type { AssetErrorCode } from '../errors.js';
import { insufficientFunds, Ledger } from '../../ledger/index.js';
import { CouponExpiryService } from '../coupons/coupon-expiry.service.js';
import { CouponReadingRepository } from '../coupons/coupon-reading.repository.js';
import { PointsExpiryService } from '../points/points-expiry.service.js';
import { isCoupon, isRedeemable, POINTS, REDEEMABLE_FORMS, templateOf } from '../../../shared/asset.js';
import { postRedemption } from './redemption-posting.js';
import type { RedeemDto, RedemptionDto } from './redemption.dto.js';
import { RedemptionEntity } from './redemption.entity.js';
import type { MerchantId, StorefrontId } from '../../../shared/ids.js';

/** Points and coupons that are redeemed at a storefront. */
@Injectable()
export class RedemptionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly merchants: MerchantRegistry,
    private readonly points: PointsExpiryService,
    private readonly coupons: CouponExpiryService,
    private readonly reading: CouponReadingRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes points or coupons from what is available, once for each id of the storefront's; a repeat answers the same.
   * Throws `redemption.conflict` for other content, `ledger.insufficient-funds`, `merchant.not-found`.
   */
  async redeem(storefrontId: StorefrontId, merchantId: MerchantId, dto: RedeemDto): Promise<RedemptionDto> {
    if (!isRedeemable(dto.asset))
      throw new DomainError<SharedErrorCode>('request.invalid', '1 field(s) are not valid.', [
        { pointer: '/asset', detail: `must be ${REDEEMABLE_FORMS}` },
      ]);
    try {
      return viewOf(await this.post(storefrontId, merchantId, dto));
    } catch (error) {
      // The first one may have redeemed the last points, so whether it is a repeat comes before whether there is enough.
      const known = await this.unitOfWork.reader.findOneBy(RedemptionEntity, {
        storefrontId,
        redemptionId: dto.redemptionId,
      });
      if (!known || !(isDuplicate(error) || error instanceof DomainError)) throw error;
      return repeat(known, merchantId, dto);
    }
  }

  private post(storefrontId: StorefrontId, merchantId: MerchantId, dto: RedeemDto): Promise<RedemptionEntity> {
    const { asset, redemptionId } = dto;
    const orderId = dto.orderId ?? null;
    const amount = minorFromWire(dto.amount);
    const redeemedAt = this.clock.now();
    return this.unitOfWork.run(async (tx) => {
      await assertMerchant(tx, this.merchants, merchantId);
      // What is past its day cannot be redeemed, also before the sweep comes by.
      if (asset === POINTS) await this.points.expireOf(tx, merchantId);
      else if (isCoupon(asset)) {
        // Another storefront's coupon looks as if there were none.
        if (!(await this.reading.isTakenBy(tx, storefrontId, templateOf(asset))))
          throw insufficientFunds(merchantId, asset, 'available', -amount);
        await this.coupons.expireOf(tx, merchantId, asset);
      }
      const redemption = { storefrontId, redemptionId, merchantId, asset, amount, orderId, redeemedAt };
      return postRedemption(tx, this.ledger, redemption);
    });
  }
}

function repeat(known: RedemptionEntity, merchantId: MerchantId, dto: RedeemDto): RedemptionDto {
  const same =
    known.merchantId === merchantId &&
    known.asset === dto.asset &&
    known.amount === minorFromWire(dto.amount) &&
    known.orderId === (dto.orderId ?? null);
  if (!same)
    throw new DomainError<AssetErrorCode>('redemption.conflict', 'This redemption id was used for something else.');
  return viewOf(known);
}

function viewOf(redemption: RedemptionEntity): RedemptionDto {
  return {
    redemptionId: redemption.redemptionId,
    merchant: redemption.merchantId,
    asset: redemption.asset,
    amount: minorToWire(redemption.amount),
    orderId: redemption.orderId,
    redeemedAt: redemption.redeemedAt.toISOString(),
    journal: redemption.journalId,
  };
}
