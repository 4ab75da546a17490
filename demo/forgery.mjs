// @ts-check
/** Somebody with SQL access forges a reward, on a copy of the database, and the audit is run over that copy. */
import { createConnection } from 'mysql2/promise';
import { run } from '../scripts/lib/run.mjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Surprise } from './replay.mjs';

/** @typedef {{ found: string[] } | { skipped: string }} Found what the audit says is wrong */

/** What the forger adds, in minor units. */
export const FORGED = 8_800n;

/** How long the worker may take to seal the last journals. */
const PATIENCE_MS = 60_000;

/**
 * @param {object} given
 * @param {string} given.databaseUrl
 * @param {NodeJS.ProcessEnv} given.env with the key of the seal
 * @param {string} given.currency
 * @param {import('./client.mjs').Client} given.auditor
 * @param {AbortSignal} given.signal
 * @returns {Promise<Found>}
 */
export async function forgeReward({ databaseUrl, env, currency, auditor, signal }) {
  await untilSealed(auditor, signal);
  const url = new URL(databaseUrl);
  const original = url.pathname.slice(1);
  const copy = `${original}_forged`;
  const db = await createConnection({ uri: databaseUrl, supportBigNumbers: true, bigNumberStrings: true });
  try {
    try {
      await db.query(`CREATE DATABASE \`${copy}\``);
    } catch {
      return { skipped: 'the database’s user may not make a copy' };
    }
    try {
      await copyTables(db, original, copy);
      await db.query(`USE \`${copy}\``);
      await forge(db, currency);
      url.pathname = `/${copy}`;
      const { code, output } = await run(process.execPath, ['dist/audit.js'], {
        env: { ...env, DATABASE_URL: url.href, DATABASE_AUDIT_URL: url.href },
        signal,
      });
      const lines = output.split('\n');
      const found = lines.flatMap((line, at) => (line.startsWith('FAIL') ? [(lines[at + 1] ?? '').trim()] : []));
      if (code !== 1 || found.length === 0) throw new Surprise(`the audit of a forged copy ended with ${code}`);
      return { found };
    } finally {
      await db.query(`DROP DATABASE \`${copy}\``);
    }
  } finally {
    await db.end();
  }
}

/** Waits until what the worker posted at first is sealed. @param {import('./client.mjs').Client} auditor @param {AbortSignal} signal */
async function untilSealed(auditor, signal) {
  const end = Date.now() + PATIENCE_MS;
  while ((await auditor.get('/v1/finance/seal')).head.startsWith('0:')) {
    if (Date.now() > end) throw new Surprise('the journals are not sealed');
    await sleep(250, undefined, { signal });
  }
}

/** @param {import('mysql2/promise').Connection} db @param {string} from @param {string} to */
async function copyTables(db, from, to) {
  const [tables] = /** @type {any} */ (
    await db.query(
      "SELECT table_name name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
      [from],
    )
  );
  for (const { name } of tables) {
    await db.query(`CREATE TABLE \`${to}\`.\`${name}\` LIKE \`${from}\`.\`${name}\``);
    await db.query(`INSERT INTO \`${to}\`.\`${name}\` SELECT * FROM \`${from}\`.\`${name}\``);
  }
}

/**
 * Makes one reward larger and every sum fit: the journal still sums to zero, the balances are those of the entries, the
 * reward is what its entries say. Only the chain of journals remembers.
 * @param {import('mysql2/promise').Connection} db
 * @param {string} currency
 */
async function forge(db, currency) {
  const more = FORGED.toString();
  const [[reward]] = /** @type {any} */ (
    await db.query(
      `SELECT r.id, r.merchant_id merchant, e.seq FROM reward r JOIN entry e ON e.reward_id = r.id AND e.account = 'available'
         JOIN journal_seal s ON s.journal_id = e.journal_id
       WHERE r.asset = ? AND r.posting = 'direct' AND r.state = 'matured'
         AND (SELECT COUNT(*) FROM entry x WHERE x.reward_id = r.id) = 2
       ORDER BY r.id LIMIT 1`,
      [currency],
    )
  );
  if (!reward) throw new Surprise('there is no reward to forge');
  const { id, merchant, seq } = reward;
  await db.query("UPDATE entry SET amount = amount + IF(account = 'available', ?, -?) WHERE reward_id = ?", [
    more,
    more,
    id,
  ]);
  await db.query(
    "UPDATE entry SET balance_after = balance_after + ? WHERE owner = ? AND asset = ? AND account = 'available' AND seq >= ?",
    [more, merchant, currency, seq],
  );
  await db.query('UPDATE account SET available = available + ? WHERE merchant_id = ? AND asset = ?', [
    more,
    merchant,
    currency,
  ]);
  await db.query('UPDATE reward SET granted = granted + ?, matured = matured + ? WHERE id = ?', [more, more, id]);
}
