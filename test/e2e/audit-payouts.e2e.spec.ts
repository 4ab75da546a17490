import { bankReportInvariants } from '../../src/finance/payouts/bank-reports/bank-report-invariants.js';
import { approvalInvariants } from '../../src/finance/payouts/approval-invariants.js';
import { payoutInvariants } from '../../src/finance/payouts/payout-invariants.js';
import { payoutBooks } from '../support/audit-money.js';
import { describeTampering } from '../support/audit-tampering.js';
import type { PayoutWorld } from '../support/payouts.js';
import { approvalTamperings } from '../support/tamperings/approvals.js';
import { bankReportEquivalents, bankReportTamperings } from '../support/tamperings/bank-reports.js';
import { payoutEquivalents, payoutTamperings } from '../support/tamperings/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await payoutBooks();
});
afterAll(() => w.close());

const db = () => w.db;

describe('the audit of payouts', () => {
  it('has payouts of every state and bank lines of every result but a late one', async () => {
    const all = async (column: string, table: string) =>
      (await w.db.query(`SELECT DISTINCT ${column} it FROM ${table} ORDER BY it`)).map(({ it: one }: any) => one);
    expect(await all('state', 'payout')).toEqual([
      ...[
        'accepted',
        'approved',
        'awaiting-approval',
        'cancelled',
        'draft',
        'failed',
        'paid',
        'returned',
        'submitting',
        'unknown',
        'withdrawn',
      ],
    ]);
    expect(await all('result', 'bank_report_line')).toEqual([
      ...['applied', 'contradicting', 'dismissed', 'duplicate', 'matched', 'noted', 'second', 'unmatched'],
    ]);
  });

  describeTampering({
    invariants: payoutInvariants.filter((one) => !approvalInvariants.includes(one)),
    tamperings: payoutTamperings,
    equivalent: payoutEquivalents,
    db,
  });
});

describe('the audit of approvals', () => {
  describeTampering({ invariants: approvalInvariants, tamperings: approvalTamperings, db });
});

describe('the audit of bank reports', () => {
  describeTampering({
    invariants: bankReportInvariants,
    tamperings: bankReportTamperings,
    equivalent: bankReportEquivalents,
    db,
  });
});
