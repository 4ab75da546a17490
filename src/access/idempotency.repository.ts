import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { canonicalJson } from '../shared/content-hash.js';
import { DomainError } from '../shared/domain-error.js';
import type { AccessErrorCode } from './errors.js';
import { derivedKey, SealedText } from '../shared/sealed-text.js';

/** What the keys of stored answers are derived for. */
export const IDEMPOTENCY_PURPOSE = 'yinke idempotency';

/** For how long a key keeps its answer. */
const KEEP_HOURS = 24;

/** A first request that has not answered for so long is taken for dead; the next one with its key runs again. */
const STALE_SECONDS = 60;

/** An answer as it was sent. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string;
}

/** A request with a key. `scope` is who sends it: the same key of two callers is two keys. */
export interface KeyedRequest {
  scope: string;
  method: string;
  path: string;
  key: string;
  query: string;
  body: unknown;
}

/** The right to answer a key for the first time. */
export interface Turn {
  id: string;
  lockToken: string;
}

interface Row {
  request_hash: string;
  lock_token: string;
  answer: string | null;
  done: number;
  expired: number;
  stale: number;
}

/** What was answered to requests that carried an Idempotency-Key. */
@Injectable()
export class IdempotencyRepository {
  private readonly seal: SealedText;
  private readonly hashKey: Buffer;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(Config) config: Config,
  ) {
    // Some answers hold keys or session tokens.
    this.seal = new SealedText(config.dataKeys, IDEMPOTENCY_PURPOSE);
    this.hashKey = derivedKey(config.blindIndexKey, IDEMPOTENCY_PURPOSE);
  }

  /**
   * The stored answer, or the turn to give the first one. Throws `idempotency.key-reused` when the key came with
   * another request, `idempotency.in-progress` while the first one runs, and `idempotency.answer-lost` when it was done and could not be answered.
   */
  begin(request: KeyedRequest): Promise<StoredAnswer | Turn> {
    const { scope, method, path, key, query, body } = request;
    const id = createHash('sha256')
      .update(JSON.stringify([scope, method, path, key]))
      .digest('hex');
    const content = Buffer.isBuffer(body) ? body.toString('base64') : canonicalJson(body ?? null);
    const requestHash = createHmac('sha256', this.hashKey).update(`${query}\n${content}`, 'utf8').digest('hex');
    const lockToken = randomUUID();
    return this.unitOfWork.run(async (tx) => {
      const inserted = await tx.query<{ affectedRows: number }>(
        `INSERT INTO idempotency_key (id, request_hash, lock_token, locked_at, expires_at)
         VALUES (?, ?, ?, NOW(6), NOW(6) + INTERVAL ${KEEP_HOURS} HOUR) ON DUPLICATE KEY UPDATE id = VALUES(id)`,
        [id, requestHash, lockToken],
      );
      if (inserted.affectedRows === 1) return { id, lockToken };
      const [row] = await tx.query<Row[]>(
        `SELECT request_hash, lock_token, answer, effect_at IS NOT NULL AS done, expires_at <= NOW(6) AS expired,
                locked_at <= NOW(6) - INTERVAL ${STALE_SECONDS} SECOND AS stale
           FROM idempotency_key WHERE id = ? FOR UPDATE`,
        [id],
      );
      if (!row) throw inProgress();
      const same = row.request_hash === requestHash;
      if (!row.expired && same && row.answer === null && row.stale && row.done) throw answerLost();
      if (row.expired || (same && row.answer === null && row.stale)) {
        await tx.query(
          `UPDATE idempotency_key SET request_hash = ?, lock_token = ?, locked_at = NOW(6), answer = NULL, effect_at = NULL,
                  expires_at = NOW(6) + INTERVAL ${KEEP_HOURS} HOUR WHERE id = ?`,
          [requestHash, lockToken, id],
        );
        return { id, lockToken };
      }
      if (!same)
        throw new DomainError<AccessErrorCode>('idempotency.key-reused', 'This key came with another request before.');
      if (row.answer === null) throw inProgress();
      return JSON.parse(this.seal.open(row.answer, id)) as StoredAnswer;
    });
  }

  /** Keeps the answer, unless the turn was taken over meanwhile. */
  async finish({ id, lockToken }: Turn, answer: StoredAnswer): Promise<void> {
    await this.unitOfWork.run((tx) =>
      tx.query('UPDATE idempotency_key SET answer = ? WHERE id = ? AND lock_token = ?', [
        this.seal.seal(JSON.stringify(answer), id),
        id,
        lockToken,
      ]),
    );
  }

  /**
   * Notes in a transaction of the request that it is done: whatever becomes of the answer, no repeat does it again. Throws
   * `idempotency.in-progress`, so that the transaction is rolled back, when the turn was taken over.
   */
  async noteEffect(tx: EntityManager, { id, lockToken }: Turn): Promise<void> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      'UPDATE idempotency_key SET effect_at = NOW(6) WHERE id = ? AND lock_token = ?',
      [id, lockToken],
    );
    if (affectedRows !== 1) throw inProgress();
  }

  /** Nothing was decided, so the next request with the key runs; `unlessDone`: if a transaction was committed, none does. */
  async release({ id, lockToken }: Turn, unlessDone: boolean): Promise<void> {
    const only = unlessDone ? ' AND effect_at IS NULL' : '';
    await this.unitOfWork.run((tx) =>
      tx.query(`DELETE FROM idempotency_key WHERE id = ? AND lock_token = ? AND answer IS NULL${only}`, [
        id,
        lockToken,
      ]),
    );
  }
}

function answerLost(): DomainError<AccessErrorCode> {
  return new DomainError(
    'idempotency.answer-lost',
    'The request was carried out, and its answer was lost: look for what it made. It is not done again.',
  );
}

function inProgress(): DomainError<AccessErrorCode> {
  return new DomainError('idempotency.in-progress', 'Ask again in a moment.');
}
