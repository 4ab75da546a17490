import { overHistory, type SqlInvariant } from '../../ledger/index.js';
import { LOT_PARTS } from './lot.js';

const COLUMN = {
  remaining: 'remaining',
  redeemed: 'redeemed',
  expired: 'expired',
  'taken-back': 'taken_back',
} as const;

/** What is always true of lots of points. `lateSeconds`: a sweep must be over by then. */
export function pointsInvariants(lateSeconds: number): readonly SqlInvariant[] {
  return [
    {
      invariant: 13,
      title: 'every lot of points: issued = remaining + redeemed + expired + taken back',
      ...overHistory(
        (of) => `
        SELECT CONCAT(id, ' issued ', issued) offender FROM ${of.lot} l
        WHERE issued <> remaining + redeemed + expired + taken_back OR (state = 'open') <> (remaining > 0)
          OR ${LOT_PARTS.map((part) => `${COLUMN[part]} < 0`).join(' OR ')}`,
      ),
    },
    {
      invariant: 13,
      title: 'what remains of a merchant’s lots of points is what is available',
      sql: `
        SELECT CONCAT(x.merchant_id, ' is off by ', SUM(x.amount)) offender FROM (
          SELECT merchant_id, available amount FROM account WHERE asset = 'POINTS' AND available <> 0
          UNION ALL SELECT merchant_id, -remaining FROM points_lot WHERE state = 'open'
        ) x GROUP BY x.merchant_id HAVING SUM(x.amount) <> 0`,
    },
    {
      invariant: 13,
      title: 'every lot of points is what its moves say',
      ...overHistory(
        (of) => `
        SELECT CONCAT(x.lot_id, ' is off') offender FROM (
          SELECT lot_id, IF(source = 'issued', amount, 0) issued,
            ${LOT_PARTS.map((part) => `IF(target = '${part}', amount, 0) - IF(source = '${part}', amount, 0) ${COLUMN[part]}`).join(',\n            ')}
          FROM ${of.moveOfLot} m
          UNION ALL SELECT id, -issued, ${LOT_PARTS.map((part) => `-${COLUMN[part]}`).join(', ')} FROM ${of.lot} l
        ) x GROUP BY x.lot_id
        HAVING SUM(x.issued) <> 0 OR ${LOT_PARTS.map((part) => `SUM(x.${COLUMN[part]}) <> 0`).join(' OR ')}`,
      ),
    },
    {
      invariant: 13,
      title: 'what moves between lots of points is what the journal’s line says',
      ...overHistory(
        (of) => `
        SELECT CONCAT(m.journal_id, ' line ', m.line) offender FROM (
          SELECT journal_id, line, SUM(IF(target = 'remaining', amount, 0) - IF(source = 'remaining', amount, 0)) amount
          FROM ${of.lotMove} m WHERE journal_id <> 'opening' GROUP BY journal_id, line
        ) m LEFT JOIN entry e ON e.journal_id = m.journal_id AND e.line = m.line AND e.asset = 'POINTS'
        WHERE e.journal_id IS NULL OR m.amount <> IF(e.account = 'available', e.amount, 0)`,
      ),
    },
    {
      invariant: 13,
      title: 'no points remain past their day',
      sql: `
        SELECT CONCAT(l.id, ' expires at ', l.expires_at) offender FROM points_lot l
        WHERE l.state = 'open' AND l.expires_at <= NOW(6) - INTERVAL ${lateSeconds.toString()} SECOND
          AND NOT EXISTS (
            SELECT 1 FROM points_lot_move m JOIN journal j ON j.id = m.journal_id
            WHERE m.lot_id = l.id AND m.target = 'remaining'
              AND j.posted_at > NOW(6) - INTERVAL ${lateSeconds.toString()} SECOND)`,
    },
  ];
}
