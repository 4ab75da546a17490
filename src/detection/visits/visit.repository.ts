import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../core/columns.js';
import type { Via } from './attribution.js';
import type { CodeStatus } from './visit-tokens.js';

/** A row of `visit`, as the visit itself writes it. */
export interface NewVisit {
  id: string;
  storefrontId: string;
  merchantId: string | null;
  via: Via | null;
  codeStatus: CodeStatus;
  codeGiven: string | null;
  shopperRef: string | null;
  referrerUrl: string | null;
  at: Date;
}

/** Answers to the referrer question that one visit may give. */
export const MAX_ANSWERS = 5;

const COLUMNS = [
  'id',
  'storefront_id',
  'merchant_id',
  'via',
  'code_status',
  'code_given',
  'shopper_ref',
  'referrer_url',
  'answers',
  'created_at',
];

function rowOf(visit: NewVisit, answers: number): unknown[] {
  return [
    visit.id,
    visit.storefrontId,
    visit.merchantId,
    visit.via,
    visit.codeStatus,
    visit.codeGiven,
    visit.shopperRef,
    visit.referrerUrl,
    answers,
    visit.at,
  ];
}

@Injectable()
export class VisitRepository {
  /**
   * Writes visits in one statement. A visit that a share link has opened gets what the shop knows besides; what an answer
   * has written stays.
   */
  async insertMany(tx: EntityManager, visits: readonly NewVisit[]): Promise<void> {
    const rows = visits.map((visit) => rowOf(visit, 0));
    await insertRows(
      tx,
      'visit',
      COLUMNS,
      rows,
      `ON DUPLICATE KEY UPDATE
         merchant_id = IF(answers = 0, VALUES(merchant_id), merchant_id),
         via = IF(answers = 0, VALUES(via), via),
         shopper_ref = COALESCE(shopper_ref, VALUES(shopper_ref)),
         referrer_url = COALESCE(referrer_url, VALUES(referrer_url))`,
    );
  }

  /**
   * Counts an answer and writes whom it named; the visit is made from its token when it was never recorded. Returns
   * false when {@link MAX_ANSWERS} were given. One statement whatever the answer, so its time tells nothing.
   */
  async recordAnswer(tx: EntityManager, visit: NewVisit): Promise<boolean> {
    // MySQL assigns from left to right: `answers` changes last, so all others see the old count.
    const result: { affectedRows: number } = await tx.query(
      `INSERT INTO visit (${COLUMNS.join(', ')}, answered_at) VALUES (?)
       ON DUPLICATE KEY UPDATE
         merchant_id = IF(answers < ${MAX_ANSWERS}, VALUES(merchant_id), merchant_id),
         via = IF(answers < ${MAX_ANSWERS}, VALUES(via), via),
         answered_at = IF(answers < ${MAX_ANSWERS}, VALUES(answered_at), answered_at),
         answers = IF(answers < ${MAX_ANSWERS}, answers + 1, answers)`,
      [[...rowOf(visit, 1), visit.at]],
    );
    return result.affectedRows > 0;
  }
}
