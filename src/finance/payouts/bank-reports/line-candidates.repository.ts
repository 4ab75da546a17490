import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PayoutId } from '../../../shared/ids.js';
import { OPEN_STATES } from '../payout.js';
import type { BankReportLineEntity } from './bank-report.entity.js';

/** By what a payout fits a line; the strongest first. */
export const FITS = ['reference', 'amount', 'account', 'near-amount'] as const;
export type Fit = (typeof FITS)[number];

/** Batches that are looked through, the latest first. */
const BATCHES = 10;
/** Candidates that are found, at most. */
const MOST = 10;

/** A payout that a line may be about. */
export interface LineCandidate {
  id: PayoutId;
  fits: Fit[];
}

@Injectable()
export class LineCandidateRepository {
  /**
   * Payouts of the last batches of the line's currency that it may be about, the best fit first: they are named in it, or
   * have its amount (near: within a tenth, which banks keep as charges) or the end of its account's number.
   */
  async find(em: EntityManager, line: BankReportLineEntity): Promise<LineCandidate[]> {
    const text = [line.reference, line.bankReference, line.reason].filter(Boolean).join(' ').toUpperCase();
    const rows: ({ id: PayoutId } & Record<'named' | 'same' | 'account' | 'near', string>)[] = await em.query(
      `SELECT * FROM (
         SELECT p.id, LOCATE(p.reference, ?) > 0 named, COALESCE(p.sent_amount = ?, 0) same, COALESCE(p.last_four = ?, 0) account,
           COALESCE(p.sent_amount <> ? AND ABS(p.sent_amount - ?) * 10 <= p.sent_amount, 0) near
         FROM (SELECT id FROM payout_batch WHERE state = 'submitted' AND currency = ? ORDER BY made_at DESC LIMIT ?) b
         JOIN payout p ON p.batch_id = b.id AND p.state IN (?)
       ) found WHERE named + same + account + near > 0
       ORDER BY named * 8 + same * 4 + account * 2 + near DESC, id LIMIT ?`,
      [
        text,
        line.amountMinor,
        line.lastFour,
        line.amountMinor,
        line.amountMinor,
        line.currency,
        BATCHES,
        line.says === 'returned' ? ['paid'] : OPEN_STATES,
        MOST,
      ],
    );
    return rows.map(({ id, named, same, account, near }) => {
      const how: Record<Fit, string> = { reference: named, amount: same, account, 'near-amount': near };
      return { id, fits: FITS.filter((fit) => Number(how[fit]) > 0) };
    });
  }
}
