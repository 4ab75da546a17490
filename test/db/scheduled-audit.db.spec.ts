import type { TestingModule } from '@nestjs/testing';
import { Registry } from 'prom-client';
import type { DataSource, EntityManager } from 'typeorm';
import { AdvisoryLocks } from '../../src/core/advisory-locks.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { AuditResultRepository } from '../../src/finance/audit/audit-result.repository.js';
import type { AuditDto } from '../../src/finance/audit/audit.dto.js';
import { AuditService } from '../../src/finance/audit/audit.service.js';
import { RequestedAudit } from '../../src/finance/audit/requested-audit.js';
import { ScheduledAudit } from '../../src/finance/audit/scheduled-audit.js';
import { Sealer } from '../../src/finance/ledger/seal/sealer.js';
import { newId } from '../../src/shared/ids.js';
import { startAuditProcess } from '../support/audit-process.js';
import { insertEvents, insertRule, waitingEvents } from '../support/order-events.js';
import { Poster } from '../support/poster.js';
import { createTestDatabase } from '../support/test-database.js';

let databaseUrl: string;
let poster: Poster;
let dataSource: DataSource;
let unitOfWork: UnitOfWork;
let alerts: unknown[][];
const processes: TestingModule[] = [];

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  poster = await Poster.start(databaseUrl);
  dataSource = poster.dataSource;
  unitOfWork = poster.get(UnitOfWork);
});
afterAll(() => poster.close());

beforeEach(async () => {
  await createTestDatabase();
  const merchantId = newId('merchant');
  await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
  await insertEvents(dataSource, [{ merchantId, amountPaid: 1_000 }]);
  await poster.posting.postOrderEvents(await waitingEvents(dataSource));
  await dataSource.query('UPDATE journal SET posted_at = posted_at - INTERVAL 1 HOUR');
  await poster.get(Sealer).sealJournals();
  alerts = [];
});
afterEach(async () => {
  for (const one of processes.splice(0)) await one.close();
});

/** A process of its own that audits, with a log that is kept here. */
async function startProcess(): Promise<TestingModule> {
  const one = await startAuditProcess(databaseUrl, alerts);
  processes.push(one);
  return one;
}

const auditorOf = (one: TestingModule) => one.get(ScheduledAudit, { strict: false });
const auditor = async () => auditorOf(await startProcess());

/** What a process shows that audits nothing. */
const metrics = () => poster.get(Registry).metrics();

describe('the audit that nobody asks for', () => {
  it('is kept for everybody to see, and is in the metrics of any process', async () => {
    expect(await metrics()).toMatch(/^yinke_audit_last_clean Nan$/im);
    const audit = await auditor();
    await expect(audit.readLast()).rejects.toMatchObject({ code: 'audit.none-yet' });
    const result = await audit.runAndKeep();
    expect(result).toMatchObject({ clean: true, chain: { checked: 1, count: 0, offenders: [] } });
    expect(await poster.get(ScheduledAudit).readLast()).toEqual(result);
    const shown = await metrics();
    expect(shown).toMatch(/^yinke_audit_last_clean 1$/m);
    expect(shown).toMatch(/^yinke_audit_last_age_seconds \d+$/m);
    expect(shown).toMatch(/^yinke_audit_last_full_age_seconds \d+$/m);
    await dataSource.query('UPDATE audit_result SET at = at - INTERVAL 90 SECOND');
    expect(await metrics()).toMatch(/^yinke_audit_last_age_seconds (9\d|1\d\d)$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="2"\} 0$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="chain"\} 0$/m);
    expect(alerts).toEqual([]);
  });

  it('raises an alert for what it finds in the tables and in the chain', async () => {
    await dataSource.query('UPDATE entry SET amount = amount + 1 WHERE line = 1');
    expect(await (await auditor()).runAndKeep()).toMatchObject({ clean: false, chain: { count: 1 } });
    expect(alerts).toEqual([
      ['ALERT the audit found something', expect.objectContaining({ chain: [expect.any(String)] })],
    ]);
    const shown = await metrics();
    expect(shown).toMatch(/^yinke_audit_last_clean 0$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="1"\} 1$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="chain"\} 1$/m);
  });

  it('remembers the last head that it saw: a chain that is cut off afterwards is found without anybody’s note', async () => {
    const watching = await auditor();
    expect((await watching.runAndKeep()).clean).toBe(true);
    // Whoever can write to the database removes what it knows of the audit, too.
    for (const table of [
      'audit_result',
      'journal_seal',
      'entry',
      'journal',
      'account',
      'reward',
      'order_event',
      'shop_order',
    ])
      await dataSource.query(`DELETE FROM ${table}`);
    await dataSource.query(
      "UPDATE seal_head SET position = 0, seal = REPEAT('0', 64), sealed_until = '1970-01-01', sealed_journal_id = ''",
    );
    expect((await (await auditor()).runAndKeep()).clean).toBe(true);
    expect(await watching.runAndKeep()).toMatchObject({ clean: false, chain: { count: 1 } });
  });

  it('keeps the later one of two that overtake each other, and can write nothing while it reads', async () => {
    const [here, there] = await Promise.all([auditor(), auditor()]);
    const [first, second] = await Promise.all([here.runAndKeep(), there.runAndKeep()]);
    expect((await poster.get(ScheduledAudit).readLast()).at).toBe([first.at, second.at].sort().at(-1));
    const writing = unitOfWork.snapshot((tx) => tx.query('DELETE FROM entry'));
    await expect(writing).rejects.toMatchObject({ code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' });
    await unitOfWork.run((tx) => tx.query('DELETE FROM entry'));
  });

  it('sees the books at one moment, whatever is posted meanwhile', async () => {
    await unitOfWork.snapshot(async (tx) => {
      await dataSource.query('DELETE FROM entry');
      expect((await tx.query('SELECT COUNT(*) n FROM entry'))[0].n).toBe('2');
    });
    expect((await dataSource.query('SELECT COUNT(*) n FROM entry'))[0].n).toBe('0');
  });
});

describe('the audit that somebody asks for', () => {
  /** A process that is asked for audits, each of which takes until `work` is done; `noted`: the moment of the asking is known. */
  async function asked(work: () => Promise<AuditDto>, noted: () => void = () => undefined): Promise<RequestedAudit> {
    const one = await startProcess();
    Object.assign(one.get(AuditService, { strict: false }), { runAudit: work });
    const results = one.get(AuditResultRepository, { strict: false });
    const findNow = results.findNow.bind(results);
    Object.assign(results, { findNow: (tx: EntityManager) => findNow(tx).finally(noted) });
    return one.get(RequestedAudit, { strict: false });
  }

  const view = (items: AuditDto['items'] = []): AuditDto => ({ at: new Date().toISOString(), clean: true, items });

  it('runs once for all who ask meanwhile, in whatever process, and anew for who asks later', async () => {
    let runs = 0;
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const work = async () => {
      runs += 1;
      await gate;
      return view([{ invariant: 1, title: `run ${runs.toString()}`, count: 0, offenders: [], tookMs: 1 }]);
    };
    const [here, there] = await Promise.all([asked(work), asked(work)]);
    const answers = [here.runAudit(), here.runAudit(), there.runAudit()];
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(runs).toBe(1);
    finish();
    const titles = (await Promise.all(answers)).map(({ items }) => items.map(({ title }) => title));
    expect(titles).toEqual([['run 1'], ['run 1'], ['run 1']]);
    expect((await there.runAudit()).items[0]?.title).toBe('run 2');
  });

  /** What somebody is answered who asks while a scheduled audit runs, which looks at everything (`since` null) or at what is new. */
  async function askedMeanwhile(since: string | null, work: () => Promise<AuditDto>): Promise<AuditDto> {
    const locks = poster.get(AdvisoryLocks);
    const results = poster.get(AuditResultRepository);
    let noted: () => void = () => undefined;
    const isNoted = new Promise<void>((resolve) => (noted = resolve));
    const other = await asked(work, noted);
    let answer: Promise<AuditDto> | undefined;
    await locks.tryRun('audit', async () => {
      answer = other.runAudit();
      await isNoted;
      const last = {
        at: new Date().toISOString(),
        since,
        fullAt: new Date().toISOString(),
        items: [],
        clean: false,
        tookMs: 1,
        chain: { checked: 1, head: '', count: 1, offenders: ['x'] },
        auditLog: { checked: 0, head: '', count: 0, offenders: [] },
      };
      await unitOfWork.run((tx) => results.keep(tx, new Date(), last));
    });
    return (await answer) ?? view();
  }

  it('waits for a scheduled one of everything and takes its result', async () => {
    const second = () => Promise.reject(new Error('a second audit'));
    expect(await askedMeanwhile(null, second)).toMatchObject({ clean: true, items: [] });
  });

  it('looks at everything also after a scheduled one that looked at what is new', async () => {
    const own: AuditDto['items'] = [{ invariant: 1, title: 'its own', count: 0, offenders: [], tookMs: 1 }];
    const answer = await askedMeanwhile('2026-01-01T00:00:00.000Z', () => Promise.resolve(view(own)));
    expect(answer.items).toEqual(own);
  });

  it('is run by who waited when the one that ran it failed', async () => {
    let begin: () => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const failing = await asked(() => {
      begin();
      return new Promise((_, reject) => (fail = reject));
    });
    const waiting = await asked(() => Promise.resolve(view()));
    const first = failing.runAudit();
    await begun;
    const second = waiting.runAudit();
    fail(new Error('cut off'));
    await expect(first).rejects.toThrow('cut off');
    expect(await second).toMatchObject({ clean: true });
  });
});
