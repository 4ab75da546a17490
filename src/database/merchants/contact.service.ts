import type { MerchantId, MessageId, StaffId } from '../../shared/ids.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AuditLog,
  CODE_MINUTES,
  codeRefusal,
  OneTimeCodes,
  type CodeVerdict,
  type MerchantPrincipal,
} from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Messages, type Channel, type MessageDraft } from '../../messages/index.js';
import { DomainError } from '../../shared/domain-error.js';
import { emailKey } from '../../shared/email-key.js';
import type { DatabaseErrorCode } from '../errors.js';
import type { Merchant } from './merchant.entity.js';
import { MerchantRepository } from './merchant.repository.js';
import { maskedContact, phoneKey, takesContact, theContact, type GivenContact } from './contact.js';
import type { MerchantContactDto, ReplaceContactDto } from './contact.dto.js';

/** How long a notice is worth being sent: days in minutes. */
const NOTICE_MINUTES = 3 * 24 * 60;

/** Where a merchant is reached: codes that prove it, notices of what was changed, another contact. */
@Injectable()
export class ContactService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRepository,
    private readonly codes: OneTimeCodes,
    private readonly messages: Messages,
    private readonly auditLog: AuditLog,
  ) {}

  /** Sends a code to the merchant's own contact. Throws `contact.absent` when there is none of that kind. */
  async requestConfirmation({ merchantId }: MerchantPrincipal, via: Channel): Promise<void> {
    const id = await this.unitOfWork.run(async (tx) => {
      const merchant = await this.merchants.get(tx, merchantId);
      const to = contactsOf(merchant)[via];
      if (to === null) throw new DomainError<DatabaseErrorCode>('contact.absent', `You have given no ${via}.`);
      const code = await this.codes.issue(tx, { what: 'confirm', who: merchantId });
      const values = { code, minutes: String(CODE_MINUTES) };
      const language = merchant.language ?? 'zh-CN';
      const minutes = CODE_MINUTES;
      return this.messages.write(tx, {
        kind: 'confirmation-code',
        channel: via,
        to,
        merchantId,
        language,
        values,
        minutes,
      });
    });
    this.messages.announce([id]);
  }

  /** Sends a code to a contact that is to be the merchant's. */
  async requestCodeForNew({ merchantId }: MerchantPrincipal, given: GivenContact): Promise<void> {
    const { channel, key } = theContact(given);
    const id = await this.unitOfWork.run(async (tx) => {
      const { language } = await this.merchants.get(tx, merchantId);
      const code = await this.codes.issue(tx, { what: 'contact', who: `${merchantId} ${key}` });
      const values = { code, minutes: String(CODE_MINUTES) };
      const draft = { kind: 'contact-code', channel, to: key, merchantId, values, minutes: CODE_MINUTES } as const;
      return this.messages.write(tx, { ...draft, language: language ?? 'zh-CN' });
    });
    this.messages.announce([id]);
  }

  /**
   * Takes a contact whose code came back, and tells the one before. Where there is one that is theirs, a fresh code of it is needed too, so that
   * a stolen session does not become a stolen account. Throws `code.needed`, `code.refused`, `code.expired`, `code.spent`.
   */
  async replace(principal: MerchantPrincipal, given: ReplaceContactDto): Promise<MerchantContactDto> {
    const contact = theContact(given);
    const { merchantId } = principal;
    const purpose = { what: 'contact', who: `${merchantId} ${contact.key}` } as const;
    const outcome = await this.unitOfWork.run(async (tx) => {
      const merchant = await this.merchants.lock(tx, merchantId);
      const verdict = await this.codes.judge(tx, purpose, given.code);
      if (verdict !== 'right') return verdict;
      // Last, since it uses its code up: a slip in the other code does not cost the merchant this one.
      if (!takesContact(merchant)) {
        const confirmed = await this.confirm(tx, principal, given.confirmation ?? null);
        if (confirmed !== 'right') return confirmed;
      }
      await this.codes.use(tx, purpose);
      const changed = contact.channel === 'email' ? { email: given.email ?? null } : { phone: given.phone ?? null };
      const after = { email: merchant.email, phone: merchant.phone, ...changed };
      await this.merchants.changeContact(tx, merchantId, after);
      await this.merchants.useGivenContact(tx, merchantId);
      const detail = { channel: contact.channel };
      await this.auditLog.record(tx, { principal, action: 'merchant.contact-changed', subject: merchantId, detail });
      const values = { contact: maskedContact(contact.key) };
      return { after, told: await this.tell(tx, merchant, { kind: 'contact-changed', values }) };
    });
    if (typeof outcome === 'string') throw codeRefusal(outcome);
    this.messages.announce(outcome.told);
    return outcome.after;
  }

  /**
   * Gives a merchant who cannot sign in any more the contact that they sign in by, and tells it there: only where {@link takesContact}. Who gives it
   * never approves a bank account of this merchant. Throws `contact.present`.
   */
  async give(merchantId: MerchantId, given: GivenContact, by: StaffId): Promise<MerchantContactDto> {
    const { channel, key: to } = theContact(given);
    const contact = { email: given.email ?? null, phone: given.phone ?? null };
    const told = await this.unitOfWork.run(async (tx) => {
      const merchant = await this.merchants.lock(tx, merchantId);
      if (merchant.erasedAt !== null)
        throw new DomainError<DatabaseErrorCode>('merchant.wrong-state', 'The merchant is erased.');
      if (!takesContact(merchant))
        throw new DomainError<DatabaseErrorCode>(
          'contact.present',
          'The merchant has a contact, and changes it alone.',
        );
      await this.merchants.giveContact(tx, merchantId, contact, by);
      const principal = { kind: 'staff', staffId: by } as const;
      await this.auditLog.record(tx, {
        principal,
        action: 'merchant.contact-given',
        subject: merchantId,
        detail: { channel },
      });
      const { language } = merchant;
      const notice = {
        kind: 'contact-given',
        channel,
        to,
        merchantId,
        language,
        values: {},
        minutes: NOTICE_MINUTES,
      } as const;
      return this.messages.write(tx, notice);
    });
    this.messages.announce([told]);
    return contact;
  }

  /**
   * Whether the merchant has lately shown that their contact is theirs: by a code in this session, or by one that comes now, which is
   * used up. Commit whatever it says. Throws `code.needed` where there is neither.
   */
  async confirm(
    tx: EntityManager,
    { merchantId, isFresh }: MerchantPrincipal,
    code: string | null,
  ): Promise<CodeVerdict> {
    if (code === null) {
      if (isFresh) return 'right';
      throw new DomainError<DatabaseErrorCode>(
        'code.needed',
        'Ask for a code: POST /v1/merchants/sessions/current/codes.',
      );
    }
    const purpose = { what: 'confirm', who: merchantId } as const;
    const verdict = await this.codes.judge(tx, purpose, code);
    if (verdict === 'right') await this.codes.use(tx, purpose);
    return verdict;
  }

  /** Tells a merchant what was changed, over every way to them. Announce the ids after the commit. */
  async tell(
    tx: EntityManager,
    merchant: Merchant,
    notice: Pick<MessageDraft, 'kind' | 'values'>,
  ): Promise<MessageId[]> {
    const ids: MessageId[] = [];
    for (const [channel, to] of Object.entries(contactsOf(merchant)) as [Channel, string | null][]) {
      if (to === null) continue;
      const { id: merchantId, language } = merchant;
      const minutes = NOTICE_MINUTES;
      ids.push(await this.messages.write(tx, { ...notice, channel, to, merchantId, language, minutes }));
    }
    return ids;
  }

  /** For who has called {@link tell}. */
  announce(ids: readonly MessageId[]): void {
    this.messages.announce(ids);
  }
}

function contactsOf({ email, phone }: Merchant): Record<Channel, string | null> {
  return { email: email === null ? null : emailKey(email), phone: phone === null ? null : phoneKey(phone) };
}
