import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { DomainError } from '../shared/domain-error.js';
import { newId, type SessionId, type MerchantId } from '../shared/ids.js';
import { AuditLog } from './audit-log.js';
import type { AccessErrorCode } from './errors.js';
import type { SignInWay } from './merchant-session.entity.js';
import {
  MerchantSessionRepository,
  type MerchantPrincipal,
  type MerchantSessionRow,
} from './merchant-session.repository.js';
import { hashSecret, newSecret } from './secret.js';
import type { SignInOrigin } from './sign-in-origin.js';

/** A session that has just begun. */
export interface NewMerchantSession {
  token: string;
  expiresAt: Date;
}

/** Sessions of merchants: random bearer tokens, kept as hashes. Who may have one is decided by what knows merchants. */
@Injectable()
export class MerchantSessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: MerchantSessionRepository,
    private readonly auditLog: AuditLog,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Starts a session in the transaction that decided so. */
  async start(
    tx: EntityManager,
    merchantId: MerchantId,
    way: SignInWay,
    { userAgent, address }: SignInOrigin,
  ): Promise<NewMerchantSession> {
    const token = newSecret('merchantSession');
    const session = { id: newId('session'), merchantId, tokenHash: hashSecret(token), way, userAgent, address };
    const { id, expiresAt } = await this.repository.insert(tx, session, this.config.merchantSessionDays);
    const principal = { kind: 'merchant' as const, merchantId };
    await this.auditLog.record(tx, { principal, action: 'merchant-session.started', subject: id, detail: { way } });
    return { token, expiresAt };
  }

  /** Notes a refused sign-in, whose it would have been where that is known. */
  recordRefusal(tx: EntityManager, merchantId: MerchantId | null, reason: string): Promise<void> {
    const principal = { kind: 'anonymous' } as const;
    const record = {
      principal,
      action: 'merchant-session.refused',
      subject: merchantId ?? 'unknown',
      detail: { reason },
    };
    return this.auditLog.record(tx, record);
  }

  /** Who comes with this token; null once it has ended. */
  find(token: string): Promise<MerchantPrincipal | null> {
    return this.repository.findLive(this.unitOfWork.reader, hashSecret(token));
  }

  /** The latest first. */
  list(merchantId: MerchantId): Promise<MerchantSessionRow[]> {
    return this.repository.findOf(this.unitOfWork.reader, merchantId);
  }

  /** Ends one of the merchant's own sessions. Throws `session.not-found`. */
  async end(principal: MerchantPrincipal, sessionId: SessionId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.delete(tx, principal.merchantId, sessionId)))
        throw new DomainError<AccessErrorCode>('session.not-found', 'You have no such session; it may have ended.');
      await this.auditLog.record(tx, { principal, action: 'merchant-session.ended', subject: sessionId });
    });
  }

  /** Ends all of the merchant's sessions but the present one. */
  async endOthers(principal: MerchantPrincipal): Promise<void> {
    const { merchantId, sessionId } = principal;
    await this.unitOfWork.run(async (tx) => {
      const ended = await this.repository.deleteOthers(tx, merchantId, sessionId);
      if (ended === 0) return;
      const record = { principal, action: 'merchant-session.others-ended', subject: merchantId, detail: { ended } };
      await this.auditLog.record(tx, record);
    });
  }
}
