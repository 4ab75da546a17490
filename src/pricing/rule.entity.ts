import { Column, PrimaryColumn } from 'typeorm';
import type { RuleId, StorefrontId } from '../shared/ids.js';

/** The columns of every kind of rule; what a rule says stands in its versions. */
export abstract class RuleColumns {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  id!: RuleId;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;

  @Column({ name: 'ended_at', type: 'datetime', precision: 6, nullable: true })
  endedAt!: Date | null;

  /** By the database's clock; what the directories of all processes look for. */
  @Column({ name: 'changed_at', type: 'datetime', precision: 6 })
  changedAt!: Date;
}

/** The columns of every version of a rule: what it says from a moment on. Written once, never changed. */
export abstract class RuleVersionColumns {
  @PrimaryColumn({ name: 'rule_id', type: 'varchar', length: 40 })
  ruleId!: RuleId;

  @PrimaryColumn({ type: 'int' })
  version!: number;

  @Column({ type: 'varchar', length: 200, nullable: true })
  name!: string | null;

  @Column({ name: 'storefront_id', type: 'varchar', length: 40, nullable: true })
  storefrontId!: StorefrontId | null;

  @Column({ name: 'valid_from', type: 'datetime', precision: 6 })
  validFrom!: Date;

  @Column({ name: 'valid_to', type: 'datetime', precision: 6, nullable: true })
  validTo!: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 6 })
  createdAt!: Date;
}
