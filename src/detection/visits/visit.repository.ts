import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions } from '../../core/conditions.js';
import { Table, type RowOf } from '../../core/table.js';
import type { MerchantId, StorefrontId, VisitId } from '../../shared/ids.js';
import type { OpenPeriod } from '../../shared/page.dto.js';
import type { MomentKey } from '../../shared/page.js';
import type { Via } from './attribution.js';
import { VisitEntity } from './visit.entity.js';

const VISITS = new Table(VisitEntity);

/** A visit as it is first written. */
export type NewVisit = Omit<VisitEntity, 'answers' | 'answeredAt' | 'changedAt'>;

/** Answers to the referrer question that one visit may give. */
export const MAX_ANSWERS = 5;

@Injectable()
export class VisitRepository {
  /**
   * Writes visits in one statement. A visit that a share link has opened gets what the shop knows besides; what an answer
   * has written stays.
   */
  async insertMany(tx: EntityManager, visits: readonly NewVisit[]): Promise<void> {
    await VISITS.insert(
      tx,
      visits.map((visit) => ({ ...visit, answers: 0 })),
      `ON DUPLICATE KEY UPDATE
         merchant_id = IF(answers = 0, VALUES(merchant_id), merchant_id),
         via = IF(answers = 0, VALUES(via), via),
         memory = IF(answers = 0, VALUES(memory), memory),
         shopper_ref = COALESCE(shopper_ref, VALUES(shopper_ref)),
         referrer_url = COALESCE(referrer_url, VALUES(referrer_url))`,
    );
  }

  /**
   * Counts an answer and writes whom it named; the visit is made from its token when it was never recorded. Returns
   * false when {@link MAX_ANSWERS} were given. One statement whatever the answer, so its time tells nothing.
   */
  async recordAnswer(tx: EntityManager, visit: NewVisit): Promise<boolean> {
    const { sql, parameters } = VISITS.assign({ ...visit, answers: 1, answeredAt: visit.createdAt });
    // MySQL assigns from left to right: `answers` changes last, so all others see the old count.
    const result: { affectedRows: number } = await tx.query(
      `INSERT INTO visit SET ${sql}
       ON DUPLICATE KEY UPDATE
         merchant_id = IF(answers < ${MAX_ANSWERS}, VALUES(merchant_id), merchant_id),
         via = IF(answers < ${MAX_ANSWERS}, VALUES(via), via),
         memory = IF(answers < ${MAX_ANSWERS}, VALUES(memory), memory),
         answered_at = IF(answers < ${MAX_ANSWERS}, VALUES(answered_at), answered_at),
         answers = IF(answers < ${MAX_ANSWERS}, answers + 1, answers)`,
      parameters,
    );
    return result.affectedRows > 0;
  }

  /** Visits by their ids; unknown ones are left out. */
  async findMany(tx: EntityManager, ids: readonly VisitId[]): Promise<RowOf<VisitEntity>[]> {
    return ids.length === 0 ? [] : VISITS.find(tx, 'WHERE id IN (?)', [ids]);
  }

  /** Visits after `after`, the latest first, each with its place. A merchant's have an index, as each storefront's. */
  async list(
    tx: EntityManager,
    filter: VisitFilter,
    after: MomentKey | null,
    limit: number,
  ): Promise<(ListedVisit & { key: MomentKey })[]> {
    const { storefrontIds, merchantId, attributed, via, from, to } = filter;
    if (storefrontIds.length === 0) return [];
    const parts = (merchantId !== undefined ? [storefrontIds] : storefrontIds.map((id) => [id])).map((ids) => {
      const part = new Conditions()
        .and('storefront_id IN (?)', ids)
        .and('merchant_id = ?', merchantId)
        .and('via = ?', via)
        .and('created_at >= ?', from)
        .and('created_at < ?', to)
        .and('created_at <= ? AND (created_at < ? OR id < ?)', after?.at, after?.at, after?.id);
      // Not `IS NULL`: by the index of merchants all visits without one would be read, from the latest on.
      return attributed === undefined ? part : part.and(`COALESCE(merchant_id, '') ${attributed ? '<>' : '='} ''`);
    });
    const order = 'ORDER BY created_at DESC, id DESC LIMIT ?';
    const select = ({ sql }: Conditions) => `(SELECT id, created_at FROM visit WHERE ${sql} ${order})`;
    const rows = await tx.query<{ at: string; id: string }[]>(
      `SELECT ${VISITS.list(LISTED, 'v')}, CAST(v.created_at AS CHAR) at
        FROM (SELECT id FROM (${parts.map(select).join(' UNION ALL ')}) found ${order}) listed
        JOIN visit v ON v.id = listed.id ORDER BY v.created_at DESC, v.id DESC`,
      [...parts.flatMap(({ values }) => [...values, limit]), limit],
    );
    return rows.map((row) => ({ ...VISITS.rowOf(row), key: { at: row.at, id: row.id } }));
  }
}

/** Which visits to list. */
export interface VisitFilter extends OpenPeriod {
  /** Only of these storefronts. */
  storefrontIds: readonly StorefrontId[];
  merchantId?: MerchantId | undefined;
  /** Whether a merchant counts. */
  attributed?: boolean | undefined;
  via?: Via | undefined;
}

const LISTED = [
  'id',
  'storefrontId',
  'merchantId',
  'via',
  'codeStatus',
  'codeGiven',
  'referrerUrl',
  'answers',
  'answeredAt',
  'createdAt',
] as const satisfies readonly (keyof VisitEntity)[];

/** A visit in a list. */
export type ListedVisit = Pick<RowOf<VisitEntity>, (typeof LISTED)[number]>;
