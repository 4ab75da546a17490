import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { databaseNow } from '../../core/database-now.js';
import { DomainError } from '../../shared/domain-error.js';
import type { PageRequest } from '../../shared/page.js';
import type { DatabaseErrorCode } from '../errors.js';
import type { MerchantCard } from './merchant-directory.js';
import { MerchantEntity, type Merchant } from './merchant.entity.js';
import type { MerchantState } from './merchant.js';
import type { Channel } from '../../messages/index.js';
import type { PageLanguage } from '../../shared/page-language.js';
import { IdentityMarks } from '../likeness/identity-marks.repository.js';
import { ContactVault } from './contact-vault.js';
import type { ApplicationId, MerchantId, StaffId } from '../../shared/ids.js';

const CARD = 'id, code, wechat_id AS wechatId, display_name AS displayName, group_name AS `group`, state';
const NOW = () => 'NOW(6)';

/** Which merchants to list. */
export interface MerchantFilter {
  state?: MerchantState | undefined;
  group?: string | undefined;
}

/** A merchant to be; what follows from the contact is worked out here. */
type NewMerchant = Omit<
  Merchant,
  'createdAt' | 'updatedAt' | 'contactKeyId' | 'sealedContact' | 'emailHash' | 'phoneHash'
>;

@Injectable()
export class MerchantRepository {
  constructor(
    private readonly marks: IdentityMarks,
    private readonly contacts: ContactVault,
  ) {}

  async insert(tx: EntityManager, merchant: NewMerchant): Promise<void> {
    const { phone, email, ...row } = merchant;
    await tx.insert(MerchantEntity, {
      ...row,
      ...this.contactColumns(row.id, { phone, email }),
      createdAt: NOW,
      updatedAt: NOW,
    });
  }

  /** The merchants that these applications became; one that became none is left out. */
  async findByApplications(em: EntityManager, applicationIds: readonly ApplicationId[]): Promise<Merchant[]> {
    return applicationIds.length === 0
      ? []
      : this.opened(em.find(MerchantEntity, { where: { applicationId: In([...applicationIds]) } }));
  }

  /** Those of these ids that there are. */
  async findByIds(em: EntityManager, ids: readonly MerchantId[]): Promise<Merchant[]> {
    return ids.length === 0 ? [] : this.opened(em.findBy(MerchantEntity, { id: In([...ids]) }));
  }

  /** Who has this contact, the oldest first. */
  findByContact(em: EntityManager, channel: Channel, key: string): Promise<Merchant[]> {
    const hash = this.contacts.hash(channel, key);
    const where = channel === 'email' ? { emailHash: hash } : { phoneHash: hash };
    return this.opened(em.find(MerchantEntity, { where, order: { id: 'ASC' } }));
  }

  async changeContact(
    tx: EntityManager,
    id: MerchantId,
    { email, phone }: { email: string | null; phone: string | null },
  ): Promise<void> {
    await tx.update(MerchantEntity, { id }, { ...this.contactColumns(id, { email, phone }), updatedAt: NOW });
    await this.marks.note(tx, id, { email, phone });
  }

  /** Takes a contact that staff give; whoever gave one before is no longer the one. */
  async giveContact(
    tx: EntityManager,
    id: MerchantId,
    contact: { email: string | null; phone: string | null },
    by: StaffId,
  ): Promise<void> {
    await this.changeContact(tx, id, contact);
    await tx.update(MerchantEntity, { id }, { contactGivenBy: by });
  }

  /** Notes that the merchant has signed in by the contact that staff gave. */
  async useGivenContact(tx: EntityManager, id: MerchantId): Promise<void> {
    await tx.update(MerchantEntity, { id, contactUsedAt: IsNull() }, { contactUsedAt: NOW });
  }

  async changeLanguage(tx: EntityManager, id: MerchantId, language: PageLanguage): Promise<void> {
    await tx.update(MerchantEntity, { id }, { language });
  }

  /** Throws `merchant.not-found`. */
  async get(em: EntityManager, id: MerchantId): Promise<Merchant> {
    return this.contacts.opened(found(await em.findOneBy(MerchantEntity, { id })));
  }

  /** The merchant's row, locked until the end of the transaction. Throws `merchant.not-found`. */
  async lock(tx: EntityManager, id: MerchantId): Promise<Merchant> {
    const lock = { mode: 'pessimistic_write' } as const;
    return this.contacts.opened(found(await tx.findOne(MerchantEntity, { where: { id }, lock })));
  }

  /** Writes a new state. Throws `merchant.wrong-state` when the merchant is no longer in `from`. */
  async changeState(
    tx: EntityManager,
    id: MerchantId,
    from: MerchantState,
    to: MerchantState,
    reason: string | null,
  ): Promise<void> {
    const { affected } = await tx.update(
      MerchantEntity,
      { id, state: from },
      { state: to, stateReason: reason, updatedAt: NOW },
    );
    if (affected !== 1)
      throw new DomainError<DatabaseErrorCode>('merchant.wrong-state', `The merchant is no longer ${from}.`);
  }

  /** Merchants after `after` who have been closed and unchanged for so many days and are not erased. */
  async findClosed(em: EntityManager, days: number, after: MerchantId | null, limit: number): Promise<MerchantId[]> {
    const rows = await em.query<{ id: MerchantId }[]>(
      `SELECT id FROM merchant WHERE state = 'closed' AND erased_at IS NULL AND updated_at <= NOW(6) - INTERVAL ? DAY
        AND id > ? ORDER BY id LIMIT ?`,
      [days, after ?? '', limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Merchants by id, one more than the page holds. */
  findPage(em: EntityManager, filter: MerchantFilter, page: PageRequest): Promise<Merchant[]> {
    const query = em
      .createQueryBuilder(MerchantEntity, 'm')
      .orderBy('m.id')
      .take(page.limit + 1);
    if (page.after !== null) query.andWhere('m.id > :after', { after: page.after });
    if (filter.state !== undefined) query.andWhere('m.state = :state', { state: filter.state });
    if (filter.group !== undefined) query.andWhere('m.group = :group', { group: filter.group });
    return this.opened(query.getMany());
  }

  /** Merchants of these ids, by id. */
  async findMany(em: EntityManager, ids: readonly string[]): Promise<Merchant[]> {
    if (ids.length === 0) return [];
    return this.opened(em.find(MerchantEntity, { where: { id: In([...ids]) }, order: { id: 'ASC' } }));
  }

  /** What the directory shows of these merchants; unknown ids are left out. */
  async findCards(em: EntityManager, ids: readonly MerchantId[]): Promise<MerchantCard[]> {
    if (ids.length === 0) return [];
    return em.query<MerchantCard[]>(`SELECT ${CARD} FROM merchant WHERE id IN (?)`, [ids]);
  }

  /** The cards of merchants that changed since a moment of the database's clock (all: null), and that clock before. */
  async findChanged(em: EntityManager, since: Date | null): Promise<{ rows: MerchantCard[]; asOf: Date }> {
    const asOf = await databaseNow(em);
    const rows = since
      ? await em.query<MerchantCard[]>(`SELECT ${CARD} FROM merchant WHERE updated_at >= ?`, [since])
      : await em.query<MerchantCard[]>(`SELECT ${CARD} FROM merchant`);
    return { rows, asOf };
  }

  private async opened(rows: Promise<MerchantEntity[]>): Promise<Merchant[]> {
    return (await rows).map((row) => this.contacts.opened(row));
  }

  private contactColumns(id: MerchantId, contact: { email: string | null; phone: string | null }) {
    return { ...this.contacts.seal(contact, id), ...this.contacts.hashes(contact) };
  }
}

function found(merchant: MerchantEntity | null): MerchantEntity {
  if (!merchant) throw new DomainError<DatabaseErrorCode>('merchant.not-found', 'There is no such merchant.');
  return merchant;
}
