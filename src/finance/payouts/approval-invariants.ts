import type { SqlInvariant } from '../ledger/index.js';

/** What approvalChain() in payout-batch.ts binds of a payout; CONCAT_WS leaves out what is NULL. */
const CONTENT = `p.id, p.merchant_id, p.reference, p.amount, p.currency, p.number_hash, p.holder, p.holder_sent,
  COALESCE(p.bank_name, ''), COALESCE(p.bic, ''), p.country,
  IF(b.policy IS NULL, NULL, p.sent_amount), IF(b.policy IS NULL, NULL, p.fee), CONCAT('town:', p.town_sent),
  p.retry_of`;

/** Who approved payouts, and what: invariant 12, with nothing of the code that approves. */
export const approvalInvariants: readonly SqlInvariant[] = [
  {
    invariant: 12,
    title: 'who approved a batch did not make it',
    sql: `
      SELECT id offender FROM payout_batch
      WHERE approved_by IN (made_by, requested_by) OR first_approved_by IN (made_by, requested_by)
        OR (state IN ('approved', 'submitted', 'withdrawn') AND (approved_by IS NULL OR requested_by IS NULL OR approval_hash IS NULL))`,
  },
  {
    invariant: 12,
    title: 'a batch was withdrawn whole, by two people, from a file, and no other payout was',
    sql: `
      SELECT COALESCE(b.id, p.id) offender FROM payout p LEFT JOIN payout_batch b ON b.id = p.batch_id
      WHERE p.stop_reason IS NULL AND (p.state = 'withdrawn') <> (COALESCE(b.state, '') = 'withdrawn')
      UNION
      SELECT b.id FROM payout_batch b
      WHERE b.state = 'withdrawn' AND (b.rail NOT IN ('iso20022-file', 'csv-file') OR 1 <> (
        SELECT COUNT(*) FROM payout_batch_request r
        WHERE r.batch_id = b.id AND r.kind = 'withdrawal' AND r.state = 'approved' AND r.decided_by = b.ended_by))
      UNION
      SELECT id FROM payout_batch_request
      WHERE decided_by = made_by OR (state = 'awaiting-approval') <> (decided_by IS NULL)`,
  },
  {
    invariant: 12,
    title: 'a failure that people stated was agreed to by a second person, and the payout has failed',
    sql: `
      SELECT s.id offender FROM payout_failure_statement s LEFT JOIN payout p ON p.id = s.payout_id
      WHERE s.decided_by = s.made_by OR (s.state = 'awaiting-approval') <> (s.decided_by IS NULL)
        OR (s.state = 'approved' AND COALESCE(p.state, '') <> 'failed')`,
  },
  {
    invariant: 12,
    title: 'a batch that no person made is one that a schedule drafted',
    sql: `
      SELECT b.id offender FROM payout_batch b LEFT JOIN payout_schedule_run r ON r.batch_id = b.id
      WHERE b.made_by = 'system' AND r.batch_id IS NULL`,
  },
  {
    invariant: 12,
    title: 'a batch above the threshold was approved by two people, who approved the same',
    sql: `
      SELECT b.id offender FROM payout_batch b JOIN payout p ON p.batch_id = b.id
      WHERE b.approved_by IS NOT NULL
      GROUP BY b.id, b.policy, b.approved_by, b.approval_hash, b.first_approved_by, b.first_approval_hash
      HAVING b.first_approved_by = b.approved_by
        OR (b.first_approved_by IS NOT NULL AND NOT b.first_approval_hash <=> b.approval_hash)
        OR (b.first_approved_by IS NULL AND SUM(p.amount) > CAST(JSON_EXTRACT(b.policy, '$.secondApproverAbove') AS SIGNED))`,
  },
  {
    invariant: 12,
    title: 'what was approved is what stands there now',
    // The last link is that of the last place, whichever number it has. Of a payout whose payee was erased the link alone is left.
    sql: `
      SELECT c.id offender FROM (
        SELECT p.id, p.link, p.position, p.erased_at IS NULL is_whole, MAX(p.position) OVER (PARTITION BY p.batch_id) last_position,
          COALESCE(b.approval_hash, b.first_approval_hash) approved, SHA2(CONCAT_WS('\\n',
            COALESCE(LAG(p.link) OVER (PARTITION BY p.batch_id ORDER BY p.position),
              SHA2(CONCAT_WS('\\n', b.id, b.rail, b.currency, b.payout_count, b.control_sum, b.file_format, b.policy),
                256)),
            ${CONTENT}), 256) expected
        FROM payout p JOIN payout_batch b ON b.id = p.batch_id
        WHERE b.approval_hash IS NOT NULL OR b.first_approval_hash IS NOT NULL
      ) c WHERE (c.is_whole AND c.link <> c.expected) OR (c.position = c.last_position AND c.link <> c.approved)`,
  },
];
