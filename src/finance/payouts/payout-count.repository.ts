import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PayoutState } from './payout.js';

/** How many payouts are in a state, and for how long the first of them. */
export interface StateAge {
  count: number;
  oldestSeconds: number;
}

/** Counts for the metrics, each from an index alone. */
@Injectable()
export class PayoutCountRepository {
  /** By state; a state that no payout is in is absent. */
  async countIn(tx: EntityManager, states: readonly PayoutState[]): Promise<Map<PayoutState, StateAge>> {
    const rows: { state: PayoutState; n: string; age: string }[] = await tx.query(
      `SELECT state, COUNT(*) n, TIMESTAMPDIFF(SECOND, MIN(state_at), NOW(6)) age FROM payout WHERE state IN (?) GROUP BY state`,
      [states],
    );
    return new Map(
      rows.map(({ state, n, age }) => [state, { count: Number(n), oldestSeconds: Math.max(0, Number(age)) }]),
    );
  }

  /** Schedules that are due and cannot draft. */
  async countScheduleProblems(tx: EntityManager): Promise<number> {
    const [row]: { n: string }[] = await tx.query(
      "SELECT COUNT(*) n FROM payout_schedule WHERE state = 'active' AND problem IS NOT NULL",
    );
    return Number(row?.n ?? 0);
  }

  /** Words of rails against the books that nobody has settled. */
  async countContradictions(tx: EntityManager): Promise<number> {
    const [row]: { n: string }[] = await tx.query(
      'SELECT COUNT(*) n FROM payout_contradiction WHERE settled_at IS NULL',
    );
    return Number(row?.n ?? 0);
  }
}
