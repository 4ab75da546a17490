import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../core/table.js';
import { VisitEntity } from './visit.entity.js';

const VISITS = new Table(VisitEntity);

/** A visit as it is first written. */
export type NewVisit = Omit<VisitEntity, 'answers' | 'answeredAt'>;

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
         answered_at = IF(answers < ${MAX_ANSWERS}, VALUES(answered_at), answered_at),
         answers = IF(answers < ${MAX_ANSWERS}, answers + 1, answers)`,
      parameters,
    );
    return result.affectedRows > 0;
  }
}
