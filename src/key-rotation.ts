import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { problemOf } from './api/edge/problem-document.js';
import { AccessModule, AuditLog } from './access/index.js';
import type { Config } from './core/config.js';
import { CoreModule } from './core/core.module.js';
import { Logger } from './core/logger.js';
import { countOld, keysInUse, resealTable, type SealedTable } from './core/sealed-tables.js';
import { UnitOfWork } from './core/unit-of-work.js';
import { allSealedTables, assertKnown } from './data-keys.js';
import { NobodyToWake } from './nobody-to-wake.js';

/** After so many rounds some process still seals with an old key. */
const ROUNDS = 3;

/**
 * Seals everything anew under the first data key, while the services run, and `say`s what it does and what remains. True when nothing
 * does. It may be broken off and begun again. Throws {@link ConfigError} when a key that a table needs is not there.
 */
export async function rotateDataKeys(config: Config, say: (line: string) => void): Promise<boolean> {
  const tables = allSealedTables(config);
  const newest = config.dataKeys[0]?.id ?? '';
  @Module({ imports: [CoreModule.register(config, problemOf), NobodyToWake, AccessModule] })
  class RotationModule {}
  const app = await NestFactory.createApplicationContext(RotationModule, {
    logger: new Logger(config.logLevel),
    abortOnError: false,
  });
  try {
    const unitOfWork = app.get(UnitOfWork);
    assertKnown(config, await keysInUse(unitOfWork.reader, tables));
    const failed: string[] = [];
    const done: Record<string, number> = {};
    let remain = Infinity;
    for (let round = 1; round <= ROUNDS && remain > failed.length; round += 1) {
      failed.length = 0;
      for (const table of tables)
        done[table.name] = (done[table.name] ?? 0) + (await rotateTable(unitOfWork, table, newest, failed, say));
      remain = 0;
      for (const table of tables) remain += await countOld(unitOfWork.reader, table, newest);
    }
    const rows = Object.fromEntries(Object.entries(done).filter(([, count]) => count > 0));
    const entry = { principal: { kind: 'system' }, action: 'data-keys.rotated', subject: newest } as const;
    await unitOfWork.run((tx) => app.get(AuditLog).record(tx, { ...entry, detail: { rows, remain } }));
    for (const fault of failed) say(`NOT DONE  ${fault}`);
    say(
      conclusion(
        newest,
        remain,
        failed.length,
        config.dataKeys.slice(1).map(({ id }) => id),
      ),
    );
    return remain === 0;
  } finally {
    await app.close();
  }
}

async function rotateTable(
  unitOfWork: UnitOfWork,
  table: SealedTable,
  newest: string,
  failed: string[],
  say: (line: string) => void,
): Promise<number> {
  const all = await countOld(unitOfWork.reader, table, newest);
  if (all === 0) return 0;
  let done = 0;
  let said = performance.now();
  const progress = () => say(`${table.name.padEnd(22)} ${done} of ${all}`);
  for await (const outcome of resealTable(unitOfWork, table, newest)) {
    done += outcome.done;
    failed.push(...outcome.failed);
    if (performance.now() - said < 1_000) continue;
    said = performance.now();
    progress();
  }
  progress();
  return done;
}

function conclusion(newest: string, remain: number, failed: number, old: readonly string[]): string {
  if (remain === 0)
    return `everything is sealed under ${newest}${old.length === 0 ? '' : `: ${old.join(', ')} can be taken out of YINKE_DATA_KEYS`}`;
  if (failed >= remain) return `${remain} row(s) cannot be opened and stay under an old key: keep it`;
  return `${remain} row(s) are still under an old key: some process seals with it. Give every process ${newest} as its first key, and run this again`;
}
