import type { Tampering } from '../audit-tampering.js';
import { change } from './sql.js';

const payout = (what: string, where: string) => change('payout', what, where);
const batch = (what: string, where: string) => change('payout_batch', what, where);
const request = (what: string, where: string) => change('payout_batch_request', what, where);
const statement = (what: string, where: string) => change('payout_failure_statement', what, where);

const MAKER = 'who approved a batch did not make it';
const WITHDRAWN = 'a batch was withdrawn whole, by two people, from a file, and no other payout was';
const STATED = 'a failure that people stated was agreed to by a second person, and the payout has failed';
const SYSTEM = 'a batch that no person made is one that a schedule drafted';
const TWO = 'a batch above the threshold was approved by two people, who approved the same';
const STANDS = 'what was approved is what stands there now';

const BOTH = 'first_approved_by IS NOT NULL AND approved_by IS NOT NULL';
const HALF = 'first_approved_by IS NOT NULL AND approved_by IS NULL';
const stated = (about: string) =>
  `UPDATE payout_failure_statement SET payout_id = (SELECT id FROM payout WHERE state = '${about}' LIMIT 1) WHERE state = 'approved'`;

/** What an approval binds of a payout, each changed by itself, and of its batch. */
const BOUND = [
  ...[
    "merchant_id = 'mer_x'",
    "reference = 'X'",
    'amount = amount + 1',
    "currency = 'EUR'",
    "number_hash = REPEAT('0', 64)",
  ],
  ...[
    "holder = 'X'",
    "holder_sent = 'X'",
    "bank_name = 'X'",
    "bic = 'X'",
    "country = 'DE'",
    'sent_amount = sent_amount + 1',
  ],
  ...['fee = fee + 1', "town_sent = 'X'", "retry_of = 'pay_x'"],
];
const BOUND_OF_BATCH = [
  ...["rail = 'csv-file'", "currency = 'EUR'", 'payout_count = 9', 'control_sum = 9', "file_format = 'x'"],
  `policy = '{"secondApproverAbove":9000}'`,
];
const FIRST_OF_SEVERAL = `position = 1 AND batch_id IN (
  SELECT batch_id FROM (SELECT p.batch_id FROM payout p JOIN payout_batch b ON b.id = p.batch_id
    WHERE p.position = 2 AND b.approval_hash IS NOT NULL) several)`;
const submitted = "batch_id IN (SELECT id FROM payout_batch WHERE state = 'submitted' AND first_approved_by IS NULL)";

export const approvalTamperings: readonly Tampering[] = [
  ['the maker approves', MAKER, batch('approved_by = made_by', BOTH)],
  ['who requested the approval approves', MAKER, batch('approved_by = requested_by', BOTH)],
  ['the maker is the first of two checkers', MAKER, batch('first_approved_by = made_by', BOTH)],
  ['who requested the approval is the first of two checkers', MAKER, batch('first_approved_by = requested_by', BOTH)],
  ...['approved', 'submitted', 'withdrawn'].flatMap((state): Tampering[] => [
    [`nobody approved what is ${state}`, MAKER, batch('approved_by = NULL', `state = '${state}'`)],
    [`nobody asked for the approval of what is ${state}`, MAKER, batch('requested_by = NULL', `state = '${state}'`)],
    [`nothing was approved of what is ${state}`, MAKER, batch('approval_hash = NULL', `state = '${state}'`)],
  ]),
  ['it is not known what the first of two checkers approved', TWO, batch('first_approval_hash = NULL', BOTH)],
  [
    'the last payout is moved away, and something else was approved',
    STANDS,
    [
      payout('position = 99', `${submitted} AND position = 1`),
      batch("approval_hash = REPEAT('0', 64)", 'id IN (SELECT batch_id FROM payout WHERE position = 99)'),
    ],
  ],
  [
    'a payout is altered in a batch that has one whose payee was erased',
    STANDS,
    [
      payout("holder = '—', erased_at = NOW(6)", FIRST_OF_SEVERAL),
      payout('amount = amount + 1', FIRST_OF_SEVERAL.replace('position = 1', 'position = 2')),
    ],
  ],
  ['a payout is called withdrawn', WITHDRAWN, payout("state = 'withdrawn'", "state = 'paid'")],
  ['a withdrawn payout is called failed', WITHDRAWN, payout("state = 'failed'", "state = 'withdrawn'")],
  ['nobody asked for a withdrawal', WITHDRAWN, "DELETE FROM payout_batch_request WHERE state = 'approved'"],
  ['a withdrawal was refused', WITHDRAWN, request("state = 'rejected'", "state = 'approved'")],
  ['another one agreed to it', WITHDRAWN, request("decided_by = 'stf_x'", "state = 'approved'")],
  ['a new file is called a withdrawal', WITHDRAWN, request("kind = 'new-file'", "state = 'approved'")],
  [
    'a batch was withdrawn twice',
    WITHDRAWN,
    `INSERT INTO payout_batch_request (id, batch_id, kind, reason, state, made_by, made_at, decided_by, decided_at)
     SELECT 'x', batch_id, kind, reason, state, made_by, made_at, decided_by, decided_at FROM payout_batch_request
     WHERE state = 'approved' LIMIT 1`,
  ],
  ['who asked for it agreed', WITHDRAWN, request('made_by = decided_by', "state = 'rejected'")],
  ['it waits, and was decided', WITHDRAWN, request("decided_by = 'stf_x'", "state = 'awaiting-approval'")],
  ['it was decided, and by nobody', WITHDRAWN, request('decided_by = NULL', "state = 'rejected'")],
  ['a bank that was called was withdrawn from', WITHDRAWN, batch("rail = 'http-bank'", "state = 'withdrawn'")],
  ['a payout that people called failed is paid', STATED, stated('paid')],
  ['a payout that people called failed is on its way', STATED, stated('accepted')],
  ['a payout that people called failed is gone', STATED, statement("payout_id = 'pay_x'", "state = 'approved'")],
  ['who stated a failure agreed', STATED, statement('decided_by = made_by', "state = 'rejected'")],
  ['a stated failure was decided, and by nobody', STATED, statement('decided_by = NULL', "state = 'rejected'")],
  ['a stated failure waits, and was decided', STATED, statement("decided_by = 'x'", "state = 'awaiting-approval'")],
  ['a person’s batch is called a schedule’s', SYSTEM, batch("made_by = 'system'", "made_by <> 'system'")],
  ['no schedule drafted it', SYSTEM, 'DELETE FROM payout_schedule_run'],
  ['the first of two checkers is gone', TWO, batch('first_approved_by = NULL, first_approval_hash = NULL', BOTH)],
  ['two checkers are one person', TWO, batch('first_approved_by = approved_by', BOTH)],
  ...['0', 'f'].map((digit): Tampering => [
    `the two approved different things: ${digit}`,
    TWO,
    batch(`first_approval_hash = REPEAT('${digit}', 64)`, BOTH),
  ]),
  [
    'the threshold is lowered afterwards',
    TWO,
    batch(`policy = JSON_SET(policy, '$.secondApproverAbove', 1)`, "state = 'submitted' AND first_approved_by IS NULL"),
  ],
  ...['0', 'f'].flatMap((digit): Tampering[] => [
    [`a link is ${digit}`, STANDS, payout(`link = REPEAT('${digit}', 64)`, submitted)],
    [`the first of several links is ${digit}`, STANDS, payout(`link = REPEAT('${digit}', 64)`, FIRST_OF_SEVERAL)],
    [`what was approved is ${digit}`, STANDS, batch(`approval_hash = REPEAT('${digit}', 64)`, "state = 'submitted'")],
    [`what the first approved is ${digit}`, STANDS, batch(`first_approval_hash = REPEAT('${digit}', 64)`, HALF)],
  ]),
  ...BOUND.map((what): Tampering => [`of an approved payout ${what}`, STANDS, payout(what, submitted)]),
  ...BOUND_OF_BATCH.map((what): Tampering => [
    `of an approved batch ${what}`,
    STANDS,
    batch(what, "state = 'submitted'"),
  ]),
  [
    'a town is changed while the second approval is missing',
    STANDS,
    payout("town_sent = 'Elsewhere'", 'town_sent IS NOT NULL'),
  ],
];
