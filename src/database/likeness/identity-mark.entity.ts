import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';

/** By what a person is found who may be another's double; see `marksOf`. */
@Entity('identity_mark')
@Index('identity_mark_owner', ['ownerId'])
export class IdentityMarkEntity {
  /** Keyed hash of the mark: it says nothing by itself. */
  @PrimaryColumn('varchar', { length: 32 })
  mark!: string;

  /** The application, or the merchant who gave it later. */
  @PrimaryColumn('varchar', { name: 'owner_id', length: 40 })
  ownerId!: ApplicationId | MerchantId;

  /** When it was first given: RFC 3339. */
  @Column('datetime', { name: 'noted_at', precision: 6 })
  notedAt!: Date;
}
