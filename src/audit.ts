import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ConfigError, loadSettings } from './core/config.js';
import { createDataSource } from './core/data-source.js';
import { allInvariants, chainFaults, checkInvariant, checkChain, parseHead, SealRepository } from './finance/index.js';
import { troubleOf } from './core/store-trouble.js';

/**
 * `npm run audit [-- --head position:seal] [--at moment]`: every invariant and the chain of journals, from the database alone. Prints
 * count, time and offenders; ends with 1 if anything does not hold. `--at`: what is late is judged as of then, for a copy in which no worker goes on.
 */
async function audit(): Promise<boolean> {
  const { values } = parseArgs({ options: { head: { type: 'string' }, at: { type: 'string' } } });
  const at = values.at === undefined ? null : Date.parse(values.at) / 1000;
  if (Number.isNaN(at)) throw new ConfigError('--at must be a moment, as 2026-01-31T12:00:00Z.');
  const kept = values.head === undefined ? null : parseHead(values.head);
  if (values.head !== undefined && kept === null)
    throw new ConfigError('--head must be position:seal, as /v1/finance/seal says it.');
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
    const start = performance.now();
    const chain = await checkChain(dataSource.manager, new SealRepository(), config.sealKey, kept);
    const faults = chainFaults(chain);
    print(
      'seal',
      faults.length,
      performance.now() - start,
      `${chain.checked.toString()} sealed journals are as they were`,
      faults,
    );
    process.stdout.write(
      `\nhead of the chain: ${chain.head}\n${clean && faults.length === 0 ? 'clean' : 'NOT CLEAN'}\n`,
    );
    return clean && faults.length === 0;
  } finally {
    await dataSource.destroy();
  }
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
