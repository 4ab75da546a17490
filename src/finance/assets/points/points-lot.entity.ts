import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../../../core/table-rights.js';
import { minorColumn } from '../../../core/columns.js';
import type { LotPart } from './lot-part.js';
import type { JournalId, MerchantId, PointsLotId, RewardId } from '../../../shared/ids.js';

/** Points of a merchant that became available together and expire together. `issued` is always the sum of the four parts. */
@NeverDeleted()
@Entity('points_lot')
@Index('ix_points_lot_open', ['merchantId', 'state', 'expiresAt', 'id'])
@Index('ix_points_lot_due', ['state', 'expiresAt', 'merchantId'])
export class PointsLotEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: PointsLotId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40 })
  merchantId!: MerchantId;

  /** The journal that made it. */
  @Column({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: JournalId;

  @Column({ name: 'reward_id', type: 'varchar', length: 40, nullable: true })
  rewardId!: RewardId | null;

  @Column({ type: 'bigint', transformer: minorColumn })
  issued!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  remaining!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  redeemed!: bigint;

  @Column({ type: 'bigint', transformer: minorColumn })
  expired!: bigint;

  @Column({ name: 'taken_back', type: 'bigint', transformer: minorColumn })
  takenBack!: bigint;

  /** `open` while points remain, else `spent`. */
  @Column({ type: 'varchar', length: 8 })
  state!: 'open' | 'spent';

  @Column({ name: 'issued_at', type: 'datetime', precision: 6 })
  issuedAt!: Date;

  /** null: never. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 6, nullable: true })
  expiresAt!: Date | null;
}

/** Points of a lot that moved, as one line of a journal says. The amount is positive. Written once, never changed. */
@AppendOnly()
@Entity('points_lot_move')
@Index('ix_points_lot_move_lot', ['lotId', 'journalId'])
export class PointsLotMoveEntity {
  @PrimaryColumn({ name: 'journal_id', type: 'varchar', length: 40 })
  journalId!: JournalId;

  @PrimaryColumn({ type: 'smallint', unsigned: true })
  line!: number;

  @PrimaryColumn({ name: 'lot_id', type: 'varchar', length: 40 })
  lotId!: PointsLotId;

  @Column({ type: 'varchar', length: 12 })
  source!: 'issued' | LotPart;

  @Column({ type: 'varchar', length: 12 })
  target!: LotPart;

  @Column({ type: 'bigint', transformer: minorColumn })
  amount!: bigint;
}

export const pointsEntities = [PointsLotEntity, PointsLotMoveEntity];
