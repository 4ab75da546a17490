import { Column, Entity, PrimaryColumn } from 'typeorm';
import { jsonColumn } from '../../../core/columns.js';
import type { PolicyTerms } from './payout-policy.js';
import type { StaffId } from '../../../shared/ids.js';

/** The operator's terms for payouts of one currency. */
@Entity('payout_policy')
export class PayoutPolicyEntity {
  @PrimaryColumn({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ type: 'mediumtext', transformer: jsonColumn })
  terms!: PolicyTerms;

  @Column({ name: 'changed_by', type: 'varchar', length: 40 })
  changedBy!: StaffId;

  @Column({ name: 'changed_at', type: 'datetime', precision: 6 })
  changedAt!: Date;
}
