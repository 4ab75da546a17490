import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { AdvisoryLocks } from '../../src/core/advisory-locks.js';
import { createDataSource } from '../../src/core/data-source.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { entities } from '../../src/entities.js';
import { AuditMetrics } from '../../src/finance/audit/audit-metrics.js';
import { AuditResultRepository } from '../../src/finance/audit/audit-result.repository.js';
import type { AuditDto } from '../../src/finance/audit/audit.dto.js';
import { AuditRepository } from '../../src/finance/audit/audit.repository.js';
import { AuditService } from '../../src/finance/audit/audit.service.js';
import { RequestedAudit } from '../../src/finance/audit/requested-audit.js';
import { ScheduledAudit } from '../../src/finance/audit/scheduled-audit.js';
import { SealRepository } from '../../src/finance/ledger/seal/seal.repository.js';
import { Sealer } from '../../src/finance/ledger/seal/sealer.js';
import { Logger } from '../../src/core/logger.js';
import { SystemClock } from '../../src/core/clock.js';
import { newId } from '../../src/shared/ids.js';
import { insertEvents, insertRule, waitingEvents } from '../support/order-events.js';
import { posterOn } from '../support/poster.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

let databaseUrl: string;
let dataSource: DataSource;
let alerts: unknown[][];
const results = new AuditResultRepository();
const seals = new SealRepository();

beforeEach(async () => {
  databaseUrl = await createTestDatabase();
  dataSource = await createDataSource({ url: databaseUrl, poolSize: 5, entities }).initialize();
  const merchantId = newId('merchant');
  await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
  await insertEvents(dataSource, [{ merchantId, amountPaid: 1_000 }]);
  await posterOn(dataSource, databaseUrl).posting.postOrderEvents(await waitingEvents(dataSource));
  await dataSource.query('UPDATE journal SET posted_at = posted_at - INTERVAL 1 HOUR');
  await new Sealer(testConfig(databaseUrl), new UnitOfWork(dataSource), seals).sealJournals();
  alerts = [];
});
afterEach(() => dataSource.destroy());

/** A process that audits, with a log that is kept here. */
function auditor(): ScheduledAudit {
  const logger = Object.assign(new Logger('silent'), { error: (...line: unknown[]) => alerts.push(line) });
  const config = testConfig(databaseUrl);
  const unitOfWork = new UnitOfWork(dataSource);
  const audit = new AuditService(new AuditRepository(unitOfWork), new SystemClock(), config);
  return new ScheduledAudit(config, unitOfWork, new AdvisoryLocks(dataSource), audit, results, seals, logger);
}

/** What any process shows, this one having audited nothing. */
async function metrics(): Promise<string> {
  const registry = new Registry();
  new AuditMetrics(registry, new UnitOfWork(dataSource), results);
  return registry.metrics();
}

describe('the audit that nobody asks for', () => {
  it('is kept for everybody to see, and is in the metrics of any process', async () => {
    expect(await metrics()).toMatch(/^yinke_audit_last_clean Nan$/im);
    await expect(auditor().readLast()).rejects.toMatchObject({ code: 'audit.none-yet' });
    const result = await auditor().runAndKeep();
    expect(result).toMatchObject({ clean: true, chain: { checked: 1, count: 0, offenders: [] } });
    expect(await auditor().readLast()).toEqual(result);
    const shown = await metrics();
    expect(shown).toMatch(/^yinke_audit_last_clean 1$/m);
    expect(shown).toMatch(/^yinke_audit_last_age_seconds \d+$/m);
    await dataSource.query('UPDATE audit_result SET at = at - INTERVAL 90 SECOND');
    expect(await metrics()).toMatch(/^yinke_audit_last_age_seconds (9\d|1\d\d)$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="2"\} 0$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="chain"\} 0$/m);
    expect(alerts).toEqual([]);
  });

  it('raises an alert for what it finds in the tables and in the chain', async () => {
    await dataSource.query('UPDATE entry SET amount = amount + 1 WHERE line = 1');
    expect(await auditor().runAndKeep()).toMatchObject({ clean: false, chain: { count: 1 } });
    expect(alerts).toEqual([
      ['ALERT the audit found something', expect.objectContaining({ chain: [expect.any(String)] })],
    ]);
    const shown = await metrics();
    expect(shown).toMatch(/^yinke_audit_last_clean 0$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="1"\} 1$/m);
    expect(shown).toMatch(/^yinke_audit_findings\{invariant="chain"\} 1$/m);
  });

  it('remembers the last head that it saw: a chain that is cut off afterwards is found without anybody’s note', async () => {
    const watching = auditor();
    expect((await watching.runAndKeep()).clean).toBe(true);
    for (const table of ['journal_seal', 'entry', 'journal', 'account', 'reward', 'order_event', 'shop_order'])
      await dataSource.query(`DELETE FROM ${table}`);
    await dataSource.query(
      "UPDATE seal_head SET position = 0, seal = REPEAT('0', 64), sealed_until = '1970-01-01', sealed_journal_id = ''",
    );
    expect((await auditor().runAndKeep()).clean).toBe(true);
    expect(await watching.runAndKeep()).toMatchObject({ clean: false, chain: { count: 1 } });
  });

  it('keeps the later one of two that overtake each other, and can write nothing while it reads', async () => {
    const [first, second] = await Promise.all([auditor().runAndKeep(), auditor().runAndKeep()]);
    expect((await auditor().readLast()).at).toBe([first.at, second.at].sort().at(-1));
    const writing = new UnitOfWork(dataSource).snapshot((tx) => tx.query('DELETE FROM entry'));
    await expect(writing).rejects.toMatchObject({ code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' });
    await new UnitOfWork(dataSource).run((tx) => tx.query('DELETE FROM entry'));
  });

  it('sees the books at one moment, whatever is posted meanwhile', async () => {
    await new UnitOfWork(dataSource).snapshot(async (tx) => {
      await dataSource.query('DELETE FROM entry');
      expect((await tx.query('SELECT COUNT(*) n FROM entry'))[0].n).toBe('2');
    });
    expect((await dataSource.query('SELECT COUNT(*) n FROM entry'))[0].n).toBe('0');
  });
});

describe('the audit that somebody asks for', () => {
  /** A process that is asked for audits, each of which takes until `work` is done. */
  function asked(work: () => Promise<AuditDto>): RequestedAudit {
    const audit = { runAudit: work } as AuditService;
    return new RequestedAudit(new UnitOfWork(dataSource), new AdvisoryLocks(dataSource), audit, results);
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
    const [here, there] = [asked(work), asked(work)];
    const answers = [here.runAudit(), here.runAudit(), there.runAudit()];
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(runs).toBe(1);
    finish();
    const titles = (await Promise.all(answers)).map(({ items }) => items.map(({ title }) => title));
    expect(titles).toEqual([['run 1'], ['run 1'], ['run 1']]);
    expect((await there.runAudit()).items[0]?.title).toBe('run 2');
  });

  it('waits for a scheduled one and takes its result', async () => {
    const locks = new AdvisoryLocks(dataSource);
    const other = asked(() => Promise.reject(new Error('a second audit')));
    let answer: Promise<AuditDto> | undefined;
    await locks.tryRun('audit', async () => {
      answer = other.runAudit();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const last = {
        at: new Date().toISOString(),
        items: [],
        clean: false,
        tookMs: 1,
        chain: { checked: 1, head: '', count: 1, offenders: ['x'] },
      };
      await new UnitOfWork(dataSource).run((tx) => results.keep(tx, new Date(), last));
    });
    expect(await answer).toMatchObject({ clean: true, items: [] });
  });

  it('is run by who waited when the one that ran it failed', async () => {
    const failing = asked(() => Promise.reject(new Error('cut off')));
    const waiting = asked(() => Promise.resolve(view()));
    const first = failing.runAudit();
    const second = waiting.runAudit();
    await expect(first).rejects.toThrow('cut off');
    expect(await second).toMatchObject({ clean: true });
  });
});
