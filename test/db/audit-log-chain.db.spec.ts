import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AccessModule, AuditLog, AuditLogChain } from '../../src/access/index.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { withContext } from '../../src/core/work-context.js';
import { startRooms } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

let rooms: TestingModule;
let dataSource: DataSource;
let chain: AuditLogChain;

beforeAll(async () => {
  rooms = await startRooms(testConfig(await createTestDatabase()), AccessModule);
  dataSource = rooms.get(DataSource);
  chain = rooms.get(AuditLogChain, { strict: false });
});
afterAll(() => rooms.close());

const unitOfWork = () => rooms.get(UnitOfWork, { strict: false });
const record = (subject: string, before: object | null, after: object | null) =>
  withContext({ requestId: 'req_1', address: '192.0.2.7' }, () =>
    unitOfWork().run((tx) =>
      rooms.get(AuditLog, { strict: false }).record(tx, {
        principal: { kind: 'staff', staffId: 'stf_1' },
        action: 'thing.changed',
        subject,
        detail: { why: 'a test' },
        before,
        after,
      }),
    ),
  );
const check = () => chain.check(dataSource.manager, null);
const sealedEntry = async (position: number): Promise<string> =>
  (await dataSource.query('SELECT entry_id id FROM audit_log_seal WHERE position = ?', [position]))[0].id;

beforeEach(async () => {
  await createTestDatabase();
  for (let at = 0; at < 20; at += 1) await record(`thing_${at}`, { name: 'a', size: at }, { name: 'b', size: at });
  await dataSource.query('UPDATE audit_log SET at = at - INTERVAL 1 HOUR');
  await chain.sealEntries();
});

describe('the chain of the audit log', () => {
  it('takes in every entry once, with what was changed, from where and in which call', async () => {
    const [entry] = await dataSource.query("SELECT * FROM audit_log WHERE subject = 'thing_3'");
    expect(entry).toMatchObject({
      ...{ old_values: '{"name":"a"}', new_values: '{"name":"b"}', request_id: 'req_1', address: '192.0.2.7' },
    });
    expect(await check()).toMatchObject({ checked: 20n, faults: [], breaks: [] });
    expect(await chain.sealEntries()).toBe(0);
  });

  it('leaves entries alone that were written a moment ago', async () => {
    await record('thing_new', null, null);
    expect(await chain.sealEntries()).toBe(0);
  });

  it('covers every column that an entry has', async () => {
    const id = await sealedEntry(7);
    const columns: { Field: string; Type: string }[] = await dataSource.query('SHOW COLUMNS FROM audit_log');
    for (const { Field, Type } of columns.filter((column) => column.Field !== 'id')) {
      const other = Type.startsWith('datetime')
        ? `${Field} - INTERVAL 1 SECOND`
        : `CONCAT(COALESCE(${Field}, ''), 'x')`;
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query(`UPDATE audit_log SET ${Field} = ${other} WHERE id = ?`, [id]);
      const { faults } = await chain.check(runner.manager, null);
      expect([Field, faults]).toEqual([Field, [{ id, fault: 'altered', position: 7n }]]);
      await runner.rollbackTransaction();
      await runner.release();
    }
  });

  it('finds an entry that was removed, and one that was put in', async () => {
    const removed = await sealedEntry(7);
    await dataSource.query('DELETE FROM audit_log WHERE id = ?', [removed]);
    await dataSource.query(
      `INSERT INTO audit_log (id, at, actor_kind, action, subject)
       SELECT 'aud_smuggled', at - INTERVAL 1 SECOND, 'system', 'thing.changed', 'x' FROM audit_log ORDER BY at DESC LIMIT 1`,
    );
    expect((await check()).faults).toEqual([
      { id: removed, fault: 'removed', position: 7n },
      { id: 'aud_smuggled', fault: 'inserted', position: null },
    ]);
  });
});
