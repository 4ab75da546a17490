import type { ActorId } from '../callers/actor.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ApplicantColumns } from '../merchants/applicant.entity.js';
import type { Opened } from '../merchants/contact-vault.js';
import type { ApplicationId } from '../../shared/ids.js';

export const APPLICATION_STATES = ['pending', 'approved', 'rejected'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** A filled-in registration form and its review. */
@Entity('merchant_application')
@Index('merchant_application_state', ['state', 'id'])
@Index('merchant_application_rejected', ['state', 'erasedAt', 'decidedAt'])
@Index('merchant_application_contact_key', ['contactKeyId'])
export class MerchantApplicationEntity extends ApplicantColumns {
  @PrimaryColumn('varchar', { length: 40 })
  id!: ApplicationId;

  @Column('varchar', { length: 16 })
  state!: ApplicationState;

  /** Which text was agreed to. */
  @Column('int', { name: 'form_version' })
  formVersion!: number;

  /** Staff id of the reviewer. */
  @Column('varchar', { name: 'decided_by', length: 40, nullable: true })
  decidedBy!: ActorId | null;

  @Column('datetime', { name: 'decided_at', precision: 6, nullable: true })
  decidedAt!: Date | null;

  /** When its token led to the first sign-in: it does once. */
  @Column('datetime', { name: 'signed_in_at', precision: 6, nullable: true })
  signedInAt!: Date | null;

  @Column('varchar', { name: 'reject_reason', length: 500, nullable: true })
  rejectReason!: string | null;

  @Column('datetime', { name: 'created_at', precision: 6 })
  createdAt!: Date;

  /** When what is personal was taken out of the row; null: it was not. */
  @Column('datetime', { name: 'erased_at', precision: 6, nullable: true })
  erasedAt!: Date | null;
}

/** An application with its contact in clear. */
export type MerchantApplication = Opened<MerchantApplicationEntity>;
