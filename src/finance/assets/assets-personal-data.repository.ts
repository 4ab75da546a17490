import { Injectable } from '@nestjs/common';
import { PersonalDataSource, type PersonalTable } from '../../desk/index.js';
import { CouponEntity } from './coupons/coupon.entity.js';
import { PointsLotEntity } from './points/points-lot.entity.js';
import { RedemptionEntity, RedemptionReversalEntity } from './redemptions/redemption.entity.js';

/** What points and coupons hold about people: ids and amounts, for good. */
@Injectable()
export class AssetsPersonalData extends PersonalDataSource {
  readonly tables: readonly PersonalTable[] = [
    { entity: PointsLotEntity, rows: 'merchant_id = :merchant', erased: 'kept' },
    { entity: CouponEntity, rows: 'merchant_id = :merchant', hidden: ['orderHash'], erased: 'kept' },
    { entity: RedemptionEntity, rows: 'merchant_id = :merchant', erased: 'kept' },
    {
      entity: RedemptionReversalEntity,
      rows: 'redemption_pk IN (SELECT id FROM redemption WHERE merchant_id = :merchant)',
      erased: 'kept',
    },
  ];
}
