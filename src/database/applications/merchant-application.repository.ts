import { Injectable } from '@nestjs/common';
import { In, Not, type EntityManager } from 'typeorm';
import { DomainError, whoWasFaster } from '../../shared/domain-error.js';
import type { PageRequest } from '../../shared/page.js';
import { actorId, type Actor } from '../callers/actor.js';
import type { DatabaseErrorCode } from '../errors.js';
import {
  MerchantApplicationEntity,
  type ApplicationState,
  type MerchantApplication,
} from './merchant-application.entity.js';
import { ContactVault } from '../merchants/contact-vault.js';
import type { ApplicationId } from '../../shared/ids.js';

const NOW = () => 'NOW(6)';

/** Days after the approval for which the token of an application leads to the first sign-in. */
const FIRST_SIGN_IN_DAYS = 30;

const OPEN_TO_TOKEN = `(signed_in_at IS NULL AND decided_at > NOW(6) - INTERVAL ${FIRST_SIGN_IN_DAYS} DAY)`;

@Injectable()
export class MerchantApplicationRepository {
  constructor(private readonly contacts: ContactVault) {}

  async insertPending(
    tx: EntityManager,
    {
      phone,
      email,
      ...application
    }: Omit<
      MerchantApplication,
      | 'contactKeyId'
      | 'sealedContact'
      | 'state'
      | 'decidedBy'
      | 'decidedAt'
      | 'signedInAt'
      | 'rejectReason'
      | 'createdAt'
      | 'erasedAt'
    >,
  ): Promise<void> {
    await tx.insert(MerchantApplicationEntity, {
      ...application,
      ...this.contacts.seal({ phone, email }, application.id),
      state: 'pending',
      decidedBy: null,
      decidedAt: null,
      signedInAt: null,
      rejectReason: null,
      createdAt: NOW,
      erasedAt: null,
    });
  }

  /** Throws `application.not-found`. */
  async get(em: EntityManager, id: ApplicationId): Promise<MerchantApplication> {
    return this.contacts.opened(found(await em.findOneBy(MerchantApplicationEntity, { id })));
  }

  /** The application's row, locked until the end of the transaction. Throws `application.not-found`. */
  async lock(tx: EntityManager, id: ApplicationId): Promise<MerchantApplication> {
    const lock = { mode: 'pessimistic_write' } as const;
    return this.contacts.opened(found(await tx.findOne(MerchantApplicationEntity, { where: { id }, lock })));
  }

  async approve(tx: EntityManager, id: ApplicationId, by: Actor): Promise<void> {
    await this.decide(tx, id, { state: 'approved', decidedBy: actorId(by) });
  }

  async reject(tx: EntityManager, id: ApplicationId, reason: string, by: Actor): Promise<void> {
    await this.decide(tx, id, { state: 'rejected', decidedBy: actorId(by), rejectReason: reason });
  }

  /** The first sign-in by the application's token; false when there was one, or the time for it is over. */
  async useForSignIn(tx: EntityManager, id: ApplicationId): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE merchant_application SET signed_in_at = NOW(6) WHERE id = ? AND ${OPEN_TO_TOKEN} AND state = 'approved'`,
      [id],
    );
    return affectedRows === 1;
  }

  /** Whether the application's token still opens it: until the first sign-in, and not long after the approval. */
  async isOpenToToken(em: EntityManager, id: ApplicationId): Promise<boolean> {
    const sql = `SELECT 1 FROM merchant_application WHERE id = ? AND (state <> 'approved' OR ${OPEN_TO_TOKEN})`;
    return (await em.query<unknown[]>(sql, [id])).length > 0;
  }

  /** Of these applications those that made nobody a merchant. */
  async findUndecidedOrRejected(em: EntityManager, ids: readonly ApplicationId[]): Promise<MerchantApplication[]> {
    if (ids.length === 0) return [];
    const where = { id: In([...ids]), state: Not<ApplicationState>('approved') };
    return this.opened(em.findBy(MerchantApplicationEntity, where));
  }

  /** Applications that were rejected so many days ago and are not erased, the oldest first. */
  async findRejected(em: EntityManager, days: number, limit: number): Promise<ApplicationId[]> {
    const rows = await em.query<{ id: ApplicationId }[]>(
      `SELECT id FROM merchant_application WHERE state = 'rejected' AND erased_at IS NULL AND decided_at <= NOW(6) - INTERVAL ? DAY
        ORDER BY decided_at LIMIT ?`,
      [days, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Applications by id, which is by age, one more than the page holds. */
  findPage(em: EntityManager, state: ApplicationState | undefined, page: PageRequest): Promise<MerchantApplication[]> {
    const query = em
      .createQueryBuilder(MerchantApplicationEntity, 'a')
      .orderBy('a.id')
      .take(page.limit + 1);
    if (page.after !== null) query.andWhere('a.id > :after', { after: page.after });
    if (state !== undefined) query.andWhere('a.state = :state', { state });
    return this.opened(query.getMany());
  }

  private async opened(rows: Promise<MerchantApplicationEntity[]>): Promise<MerchantApplication[]> {
    return (await rows).map((row) => this.contacts.opened(row));
  }

  private async decide(
    tx: EntityManager,
    id: ApplicationId,
    outcome: Partial<MerchantApplicationEntity>,
  ): Promise<void> {
    const { affected } = await tx.update(
      MerchantApplicationEntity,
      { id, state: 'pending' satisfies ApplicationState },
      { ...outcome, decidedAt: NOW },
    );
    if (affected === 1) return;
    const { decidedBy: by, decidedAt: at } = await this.lock(tx, id);
    throw new DomainError<DatabaseErrorCode>(
      'application.wrong-state',
      'The application is already decided.',
      undefined,
      whoWasFaster({ by, at }),
    );
  }
}

function found(application: MerchantApplicationEntity | null): MerchantApplicationEntity {
  if (!application) {
    throw new DomainError<DatabaseErrorCode>('application.not-found', 'There is no such application.');
  }
  return application;
}
