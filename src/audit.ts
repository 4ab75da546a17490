import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ConfigError, loadSettings } from './core/config.js';
import { createDataSource } from './core/data-source.js';
import { AuditLogSealRepository } from './access/index.js';
import { chainFaults, checkChain } from './core/chain/chain-check.js';
import { parseHead, type ChainHead } from './core/chain/seal.js';
import { allInvariants, checkInvariant, SealRepository } from './finance/index.js';
import { troubleOf } from './core/store-trouble.js';

/**
 * `npm run audit [-- --head position:seal --audit-log-head position:seal --at moment]`: every invariant and the chains of journals and of
 * the audit log, from the database alone. Prints count, time and offenders; ends with 1 if anything does not hold. `--at`: what is late is judged as
 * of then, for a copy in which no worker goes on.
 */
async function audit(): Promise<boolean> {
  const { values } = parseArgs({
    options: { head: { type: 'string' }, 'audit-log-head': { type: 'string' }, at: { type: 'string' } },
  });
  const kept = { journals: headOf(values, 'head'), auditLog: headOf(values, 'audit-log-head') };
  const at = values.at === undefined ? null : Date.parse(values.at) / 1000;
  if (Number.isNaN(at)) throw new ConfigError('--at must be a moment, as 2026-01-31T12:00:00Z.');
  const config = loadSettings(['databaseUrl', 'databaseAuditUrl', 'sealKey', 'sweepSeconds']);
  const url = config.databaseAuditUrl ?? config.databaseUrl;
  const dataSource = await createDataSource({ url, poolSize: 1, entities: [] })
    .initialize()
    .catch((error: unknown) => {
      throw troubleOf(error, config.databaseAuditUrl === null ? 'DATABASE_URL' : 'DATABASE_AUDIT_URL', url) ?? error;
    });
  try {
    if (at !== null) await dataSource.query('SET SESSION timestamp = ?', [at]);
    let clean = true;
    for (const invariant of allInvariants(config.sweepSeconds)) {
      const { count, offenders, tookMs } = await checkInvariant((sql) => dataSource.query(sql), invariant);
      print(invariant.invariant.toString(), count, tookMs, invariant.title, offenders);
      clean &&= count === 0;
    }
    const heads: string[] = [];
    for (const [what, repository, known] of [
      ['journals', new SealRepository(), kept.journals],
      ['entries of the audit log', new AuditLogSealRepository(), kept.auditLog],
    ] as const) {
      const start = performance.now();
      const chain = await checkChain(dataSource.manager, repository, config.sealKey, known);
      const faults = chainFaults(chain);
      const title = `${chain.checked.toString()} sealed ${what} are as they were`;
      print('seal', faults.length, performance.now() - start, title, faults);
      heads.push(`head of the chain of ${what}: ${chain.head}\n`);
      clean &&= faults.length === 0;
    }
    process.stdout.write(`\n${heads.join('')}${clean ? 'clean' : 'NOT CLEAN'}\n`);
    return clean;
  } finally {
    await dataSource.destroy();
  }
}

/** A head that was written down, or null. */
function headOf(values: Readonly<Record<string, string | undefined>>, option: string): ChainHead | null {
  const text = values[option];
  if (text === undefined) return null;
  const head = parseHead(text);
  if (head === null) throw new ConfigError(`--${option} must be position:seal, as /v1/finance/seal says it.`);
  return head;
}

function print(number: string, count: number, ms: number, title: string, offenders: readonly string[]): void {
  const mark = count === 0 ? 'ok  ' : 'FAIL';
  process.stdout.write(
    `${mark}  ${number.padStart(4)}  ${count.toString().padStart(6)}  ${ms.toFixed(0).padStart(6)} ms  ${title}\n`,
  );
  for (const offender of offenders.slice(0, 20)) process.stdout.write(`                              ${offender}\n`);
}

try {
  process.exitCode = (await audit()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`yinke: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
