import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A moment to the microsecond, as the database writes it: these sort as text. */
export type Moment = string;

/** Before everything that was ever posted. */
export const BEGINNING: Moment = '1970-01-01 00:00:00.000000';

/** From the first moment on and before the second, by the time of posting. */
export interface Stretch {
  from: Moment;
  to: Moment;
}

/** The database's text of a moment. */
export function momentOf(at: Date): Moment {
  return `${at.toISOString().slice(0, -1).replace('T', ' ')}000`;
}

/** What is closed of a period: where it begins and ends, and how many journals it has. */
export type ClosedPart = Stretch & { journals: number };

/** SQL of closed stretches and their sums. */
@Injectable()
export class ClosingRepository {
  /** Until when the books are closed, at most until `at`. */
  async findEnd(tx: EntityManager, at: Date | null = null): Promise<Moment> {
    const [row] = await tx.query<{ moment: Moment | null }[]>(
      `SELECT CAST(MAX(ends_at) AS CHAR) moment FROM book_closing ${at ? 'WHERE ends_at <= ?' : ''}`,
      at ? [at] : [],
    );
    return row?.moment ?? BEGINNING;
  }

  /** The closed stretches that lie wholly within a period, as one; null: none does. */
  async findWithin(tx: EntityManager, from: Date, to: Date): Promise<ClosedPart | null> {
    const [row] = await tx.query<{ starts: Moment | null; ends: Moment; journals: string }[]>(
      `SELECT CAST(MIN(starts_at) AS CHAR) starts, CAST(MAX(ends_at) AS CHAR) ends, SUM(journals) journals
        FROM book_closing WHERE starts_at >= ? AND ends_at <= ?`,
      [from, to],
    );
    return row?.starts == null ? null : { from: row.starts, to: row.ends, journals: Number(row.journals) };
  }

  /** When the first journal was posted at that moment or later; null: none was. */
  async findFirst(tx: EntityManager, from: Moment): Promise<Moment | null> {
    const [row] = await tx.query<{ moment: Moment | null }[]>(
      'SELECT CAST(MIN(posted_at) AS CHAR) moment FROM journal WHERE posted_at >= ?',
      [from],
    );
    return row?.moment ?? null;
  }

  /** The end of so many journals from that moment on, and of those that were posted with the last of them; null: there are not so many. */
  async findFull(tx: EntityManager, from: Moment, journals: number): Promise<Moment | null> {
    const [row] = await tx.query<{ moment: Moment | null }[]>(
      `SELECT CAST(MIN(posted_at) AS CHAR) moment FROM journal WHERE posted_at > (
        SELECT posted_at FROM journal WHERE posted_at >= ? ORDER BY posted_at LIMIT 1 OFFSET ?)`,
      [from, journals - 1],
    );
    return row?.moment ?? null;
  }

  /** Before when every journal is sealed. */
  async findSealedUntil(tx: EntityManager): Promise<Moment> {
    const [row] = await tx.query<{ moment: Moment }[]>(
      'SELECT CAST(sealed_until AS CHAR) moment FROM seal_head WHERE id = 1',
    );
    return row?.moment ?? BEGINNING;
  }

  /** Adds up a stretch, and closes it. */
  async add(tx: EntityManager, { from, to }: Stretch): Promise<void> {
    await tx.query(
      `INSERT INTO book_closing (ends_at, starts_at, journals)
        SELECT ?, ?, COUNT(*) FROM journal WHERE posted_at >= ? AND posted_at < ?`,
      [to, from, from, to],
    );
    await tx.query(
      `INSERT INTO book_closing_sum (ends_at, asset, account, entries, debit, credit)
        SELECT ?, e.asset, e.account, COUNT(*), -SUM(LEAST(e.amount, 0)), SUM(GREATEST(e.amount, 0))
        FROM journal j STRAIGHT_JOIN entry e ON e.journal_id = j.id
        WHERE j.posted_at >= ? AND j.posted_at < ? GROUP BY e.asset, e.account`,
      [to, from, to],
    );
  }
}
