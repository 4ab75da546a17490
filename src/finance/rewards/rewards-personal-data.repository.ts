import { Injectable } from '@nestjs/common';
import { PersonalDataSource, type PersonalTable } from '../../desk/index.js';
import { RewardEntity } from './reward.entity.js';
import { RewardVolumeEntity } from './reward-tally.entity.js';

/** What rewards hold about people: ids, amounts, and why they are what they are, for good. */
@Injectable()
export class RewardsPersonalData extends PersonalDataSource {
  readonly tables: readonly PersonalTable[] = [
    { entity: RewardEntity, rows: 'merchant_id = :merchant', erased: 'kept' },
    { entity: RewardVolumeEntity, rows: 'merchant_id = :merchant', erased: 'kept' },
  ];
}
