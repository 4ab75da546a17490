import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The operator's own bank account of a currency. */
@Entity('platform_account')
@Index('ix_platform_account_key', ['keyId'])
export class PlatformAccountEntity {
  @PrimaryColumn({ type: 'varchar', length: 3 })
  currency!: string;

  @Column({ type: 'varchar', length: 70 })
  holder!: string;

  @Column({ name: 'key_id', type: 'varchar', length: 16 })
  keyId!: string;

  @Column({ name: 'sealed_number', type: 'varchar', length: 160 })
  sealedNumber!: string;

  @Column({ name: 'number_hash', type: 'varchar', length: 64 })
  numberHash!: string;

  @Column({ name: 'last_four', type: 'varchar', length: 4 })
  lastFour!: string;

  @Column({ type: 'varchar', length: 11 })
  bic!: string;

  @Column({ type: 'varchar', length: 2 })
  country!: string;

  @Column({ type: 'varchar', length: 35 })
  town!: string;

  /** BankFileSettings as JSON; null: none. */
  @Column({ name: 'bank_file', type: 'varchar', length: 1000, nullable: true })
  bankFile!: string | null;

  @Column({ name: 'changed_at', type: 'datetime', precision: 6 })
  changedAt!: Date;
}
