import { readFileSync } from 'node:fs';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { PersonalData } from '../../src/desk/personal-data.js';
import { FinanceModule } from '../../src/finance/index.js';
import { startRooms } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

let rooms: TestingModule;
let db: DataSource;
beforeAll(async () => {
  rooms = await startRooms(testConfig(await createTestDatabase()), FinanceModule);
  db = rooms.get(DataSource);
});
afterAll(() => rooms.close());

const doc = readFileSync('docs/privacy.md', 'utf8');

/** Rows of the table under a heading: the table's name, and the columns that the second cell names. */
function listed(heading: string): Map<string, string[]> {
  const [, section = ''] = doc.split(`## ${heading}\n`);
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm)];
  return new Map(rows.map(([, table = '', cells = '']) => [table, [...cells.matchAll(/`(\w+)`/g)].map(([, c]) => c!)]));
}

const personal = listed('Record of processing');
const others = listed('All other columns');
const leftOut = listed('Named by an id, and not in the export');

const columnsOf = (table: string) =>
  db.entityMetadatas.find(({ tableName }) => tableName === table)!.columns.map(({ databaseName }) => databaseName);
const sources = () => rooms.get(PersonalData, { strict: false }).tables;
const nameOf = (entity: new () => object) => db.getMetadata(entity).tableName;

it('the record of processing classifies every column of every table, each once', () => {
  for (const { tableName } of db.entityMetadatas) {
    const classified = [...(personal.get(tableName) ?? []), ...(others.get(tableName) ?? [])].sort();
    expect([tableName, classified]).toEqual([tableName, columnsOf(tableName).sort()]);
  }
  const known = db.entityMetadatas.map(({ tableName }) => tableName);
  expect([...personal.keys(), ...others.keys()].filter((table) => !known.includes(table))).toEqual([]);
});

it('every table that names a merchant or an applicant is in the export, or is left out for a reason', () => {
  const exported = sources().map(({ entity }) => nameOf(entity));
  const naming = db.entityMetadatas
    .filter(({ tableName }) => {
      const columns = columnsOf(tableName);
      return ['merchant_id', 'owner_id', 'owner', 'application_id'].some((column) => columns.includes(column));
    })
    .map(({ tableName }) => tableName);
  expect(naming.length).toBeGreaterThan(20);
  expect(naming.filter((table) => !exported.includes(table)).sort()).toEqual([...leftOut.keys()].sort());
  expect(new Set(exported).size).toBe(exported.length);
});

it('what erasing changes is what the record calls personal, and of a table that it empties nothing personal is forgotten', () => {
  /** Kept on purpose, and said so in the record: what people decided and why, or who paid. */
  const KEPT = [
    'bank_report_line.decision_reason',
    'bank_report_line.proposal_reason',
    'payout_contradiction.settled_reason',
    'payout_failure_statement.decision_reason',
    'shop_order.attribution',
    'shop_order.shopper_ref',
  ];
  const MARKS = ['erased_at', 'updated_at', 'changed_at'];
  for (const { entity, erased } of sources()) {
    if (typeof erased !== 'object') continue;
    const table = nameOf(entity);
    const changed = Object.keys(erased).filter((column) => !MARKS.includes(column));
    const toEmpty = (personal.get(table) ?? []).filter((column) => !KEPT.includes(`${table}.${column}`));
    expect([table, changed.sort()]).toEqual([table, toEmpty.sort()]);
  }
});

it('an export shows no hash and no key, and hides nothing that there is not', () => {
  for (const { entity, hidden = [], shown } of sources()) {
    const { columns, tableName } = db.getMetadata(entity);
    const properties = columns.map(({ propertyName }) => propertyName);
    expect([tableName, hidden.filter((property) => !properties.includes(property))]).toEqual([tableName, []]);
    if (shown !== undefined) continue; // What it opens is not what stands there.
    const secret = properties.filter((property) => /(Hash|Hashes|Key|keyId|sealed\w+|token\w*)$/i.test(property));
    expect([tableName, secret.filter((property) => !hidden.includes(property))]).toEqual([tableName, []]);
  }
});
