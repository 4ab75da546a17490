import { overHistory, type SqlInvariant } from '../ledger/index.js';

/**
 * What is always true between order events and journals. These read detection's tables although they are
 * private to it: an audit that asked the modules would believe them (ADR 0003).
 */
export function eventInvariants(lateSeconds: number): readonly SqlInvariant[] {
  return [
    {
      invariant: 4,
      title: 'every posted event has its journal',
      ...overHistory(
        (of) => `
        SELECT CONCAT(e.id, ' names ', COALESCE(e.journal_id, 'none')) offender
        FROM ${of.orderEvent} e LEFT JOIN journal j ON j.id = e.journal_id AND j.cause_id = e.id
        WHERE e.state = 'posted' AND e.outcome = 'journal' AND j.id IS NULL`,
      ),
    },
    {
      invariant: 4,
      title: 'every journal of an event is the one its event names',
      ...overHistory(
        (of) => `
        SELECT CONCAT(j.id, ' is not the journal of ', j.cause_id) offender
        FROM ${of.journal} j LEFT JOIN order_event e ON e.id = j.cause_id AND e.journal_id = j.id
        WHERE j.cause_type = 'order-event' AND e.id IS NULL`,
      ),
    },
    {
      invariant: 4,
      title: 'every completed order and every refund has its event',
      ...overHistory(
        (of) => `
        SELECT CONCAT(o.id, ' is completed') offender
        FROM ${of.order} o LEFT JOIN order_event e ON e.order_pk = o.id AND e.type = 'order.completed'
        WHERE o.state = 'completed' AND e.id IS NULL
        UNION ALL
        SELECT CONCAT(r.id, ' is refunded') FROM ${of.refund} r LEFT JOIN order_event e
          ON e.order_pk = r.order_pk AND e.type = 'order.refunded' AND e.refund_pk = r.id WHERE e.id IS NULL`,
      ),
    },
    {
      invariant: 14,
      title: 'no event is unposted for longer than the sweep’s period',
      sql: `
        SELECT CONCAT(id, ' is ', state) offender FROM order_event
        WHERE state IN ('waiting', 'parked')
          AND created_at <= CURRENT_TIMESTAMP(6) - INTERVAL ${lateSeconds.toString()} SECOND`,
    },
    {
      invariant: 14,
      title: 'an event is dismissed by two people, and moves nothing',
      sql: `
        SELECT e.id offender FROM order_event e
        LEFT JOIN order_event_dismissal d ON d.event_id = e.id AND d.state = 'approved'
        WHERE e.state = 'dismissed' AND (d.decided_by IS NULL OR d.decided_by = d.made_by OR e.journal_id IS NOT NULL)`,
    },
    {
      invariant: 15,
      title: 'what was told again with other content was posted once',
      sql: `
        SELECT c.id offender FROM order_event_conflict c
        JOIN shop_order o ON o.storefront_id = c.storefront_id AND o.order_id = c.order_id
        JOIN order_event e ON e.order_pk = o.id AND e.type = c.type
        LEFT JOIN refund r ON r.id = e.refund_pk
        WHERE COALESCE(r.refund_id, '') = c.refund_id
        GROUP BY c.id HAVING COUNT(*) > 1`,
    },
  ];
}
