import { Column } from 'typeorm';

/** What people say of themselves in the registration form, as an application has it and then the merchant. */
export abstract class ApplicantColumns {
  /** As the merchant wrote it. */
  @Column('varchar', { name: 'wechat_id', length: 20 })
  wechatId!: string;

  @Column('varchar', { name: 'display_name', length: 60 })
  displayName!: string;

  @Column('varchar', { length: 32, nullable: true })
  phone!: string | null;

  @Column('varchar', { length: 254, nullable: true })
  email!: string | null;
}
