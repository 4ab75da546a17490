import { Column, Entity, Index } from 'typeorm';
import { AppendOnly, NeverDeleted } from '../core/table-rights.js';
import { minorColumn } from '../core/columns.js';
import type { PriceRuleKind } from './price-rule.js';
import { RuleColumns, RuleVersionColumns } from './rule.entity.js';
import type { MerchantId, PriceRuleId } from '../shared/ids.js';

/** A price rule; what it says stands in its versions. */
@NeverDeleted()
@Entity('price_rule')
@Index('ix_price_rule_changed_at', ['changedAt'])
export class PriceRuleEntity extends RuleColumns {
  override id!: PriceRuleId;
}

/** What a price rule says from a moment on. Written once, never changed. */
@AppendOnly()
@Entity('price_rule_version')
@Index('uq_price_rule_version_from', ['ruleId', 'validFrom'], { unique: true })
export class PriceRuleVersionEntity extends RuleVersionColumns {
  override ruleId!: PriceRuleId;

  @Column({ name: 'merchant_id', type: 'varchar', length: 40, nullable: true })
  merchantId!: MerchantId | null;

  @Column({ name: 'merchant_group', type: 'varchar', length: 64, nullable: true })
  merchantGroup!: string | null;

  @Column({ type: 'varchar', length: 128, nullable: true })
  product!: string | null;

  @Column({ type: 'varchar', length: 128, nullable: true })
  category!: string | null;

  @Column({ type: 'varchar', length: 16 })
  kind!: PriceRuleKind;

  @Column({ name: 'rate_bps', type: 'int', nullable: true })
  rateBps!: number | null;

  @Column({ type: 'bigint', transformer: minorColumn, nullable: true })
  amount!: bigint | null;

  @Column({ type: 'varchar', length: 3, nullable: true })
  currency!: string | null;

  @Column({ name: 'floor_amount', type: 'bigint', transformer: minorColumn, nullable: true })
  floorAmount!: bigint | null;
}
