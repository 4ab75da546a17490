import { Injectable } from '@nestjs/common';
import { AuditLogEntity, MerchantSessionEntity } from '../../access/index.js';
import { PersonalData, PersonalDataSource, type PersonalTable } from '../../desk/index.js';
import { OutgoingMessageEntity } from '../../messages/index.js';
import { MerchantApplicationEntity } from '../applications/merchant-application.entity.js';
import { BankAccountEntity } from '../bank-accounts/bank-account.entity.js';
import { IdentityMarkEntity } from '../likeness/identity-mark.entity.js';
import { ContactVault } from '../merchants/contact-vault.js';
import { MerchantEntity } from '../merchants/merchant.entity.js';
import { MerchantWechatEntity } from '../wechat/merchant-wechat.entity.js';

/** In the place of a name that was taken out. */
const NOBODY = "'—'";

/** What the merchant database and the rooms below it hold about people. */
@Injectable()
export class RegistryPersonalData extends PersonalDataSource {
  constructor(
    personalData: PersonalData,
    private readonly contacts: ContactVault,
  ) {
    super(personalData);
  }

  readonly tables: readonly PersonalTable[] = [
    {
      entity: MerchantEntity,
      rows: 'id = :merchant',
      hidden: ['wechatKey', 'emailHash', 'phoneHash'],
      shown: (row) => this.opened(row),
      erased: {
        wechat_id: "''",
        // Unique, and no WeChat ID: the erased one is free again, the code is not.
        wechat_key: "CONCAT('#', code)",
        display_name: NOBODY,
        contact_key_id: 'NULL',
        sealed_contact: 'NULL',
        phone_hash: 'NULL',
        email_hash: 'NULL',
        language: 'NULL',
        state_reason: 'NULL',
        erased_at: 'NOW(6)',
        updated_at: 'NOW(6)',
      },
    },
    {
      entity: MerchantApplicationEntity,
      rows: 'id = :application',
      shown: (row) => this.opened(row),
      erased: {
        wechat_id: "''",
        display_name: NOBODY,
        contact_key_id: 'NULL',
        sealed_contact: 'NULL',
        reject_reason: 'NULL',
        erased_at: 'NOW(6)',
      },
    },
    {
      entity: BankAccountEntity,
      rows: 'owner_id IN (:merchant, :application)',
      hidden: ['keyId', 'sealedNumber', 'numberHash'],
      erased: 'deleted',
    },
    { entity: MerchantWechatEntity, rows: 'merchant_id = :merchant', hidden: ['openidHash'], erased: 'deleted' },
    { entity: IdentityMarkEntity, rows: 'owner_id IN (:merchant, :application)', hidden: ['mark'], erased: 'deleted' },
    { entity: MerchantSessionEntity, rows: 'merchant_id = :merchant', hidden: ['tokenHash'], erased: 'deleted' },
    { entity: OutgoingMessageEntity, rows: 'merchant_id = :merchant', hidden: ['content'], erased: 'deleted' },
    { entity: AuditLogEntity, rows: 'actor_id IN (:merchant, :application)', erased: 'kept' },
  ];

  /** With the contact in clear, and not as it is sealed. */
  private opened({ contactKeyId, sealedContact, ...row }: Record<string, unknown>): object {
    const sealed = { id: row.id, contactKeyId, sealedContact } as Parameters<ContactVault['open']>[0];
    return { ...row, ...this.contacts.open(sealed) };
  }
}
