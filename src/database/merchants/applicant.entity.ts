import { Column } from 'typeorm';

/** What people say of themselves in the registration form, as an application has it and then the merchant. */
export abstract class ApplicantColumns {
  /** As the merchant wrote it. */
  @Column('varchar', { name: 'wechat_id', length: 20 })
  wechatId!: string;

  @Column('varchar', { name: 'display_name', length: 60 })
  displayName!: string;

  /** Data key that sealed the contact; null: none was given. */
  @Column('varchar', { name: 'contact_key_id', length: 16, nullable: true })
  contactKeyId!: string | null;

  /** Telephone and e-mail address; opened by the ContactVault. */
  @Column('varchar', { name: 'sealed_contact', length: 2000, nullable: true })
  sealedContact!: string | null;
}
