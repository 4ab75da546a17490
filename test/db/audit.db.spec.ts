import { causeInvariants } from '../../src/finance/audit/cause-invariants.js';
import { eventInvariants } from '../../src/finance/rewards/event-invariants.js';
import { ledgerInvariants } from '../../src/finance/ledger/ledger-invariants.js';
import { rewardInvariants } from '../../src/finance/rewards/reward-invariants.js';
import { rewardBooks } from '../support/audit-rewards.js';
import { describeTampering } from '../support/audit-tampering.js';
import type { Program } from '../support/history/program.js';
import { ledgerEquivalents, ledgerTamperings } from '../support/tamperings/ledger.js';

const LATE_SECONDS = 600;

let program: Program;
beforeAll(async () => {
  program = await rewardBooks('corrections');
  for (const key of ['journal DROP INDEX uq_journal_business_key', 'order_event DROP INDEX uq_order_event_natural'])
    await program.query(`ALTER TABLE ${key}`);
  await program.query("UPDATE adjustment SET id = 'adj_1' WHERE state = 'awaiting-approval'");
});
afterAll(() => program.close());

describe('the audit', () => {
  it('is clean, and names every invariant', async () => {
    const audit = await program.audit.runAudit();
    expect(audit.items.filter((item) => item.count > 0)).toEqual([]);
    expect(audit.clean).toBe(true);
    expect([...new Set(audit.items.map((item) => item.invariant))]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
    ]);
  });

  it('counts all offenders, and shows twenty', async () => {
    for (let i = 0; i < 30; i += 1)
      await program.query(
        "INSERT INTO entry (journal_id, line, owner, asset, account, amount) VALUES (?, 1, 'platform', 'CNY', 'fees', 1)",
        [`jnl_orphan${i}`],
      );
    const audit = await program.audit.runAudit();
    await program.query("DELETE FROM entry WHERE journal_id LIKE 'jnl_orphan%'");
    const item = audit.items.find(({ title }) => title === 'every entry belongs to a journal');
    expect([item?.count, item?.offenders.length]).toEqual([30, 20]);
  });

  describeTampering({
    invariants: [
      ...ledgerInvariants,
      ...rewardInvariants(LATE_SECONDS),
      ...eventInvariants(LATE_SECONDS),
      ...causeInvariants,
    ],
    tamperings: ledgerTamperings,
    equivalent: ledgerEquivalents,
    db: () => program.dataSource,
  });
});
