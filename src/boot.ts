import { BackupTrouble } from './core/backup/backup-trouble.js';
import { ConfigError, loadConfig, type Config } from './core/config.js';
import { GrantTrouble } from './core/grants.js';
import { StoreTrouble, troubleOf, untilStoresAnswer } from './core/store-trouble.js';

/**
 * Starts a process from its configuration, once its stores answer; ends it in good order when its parent goes away or
 * something fails.
 */
export async function bootOrExit(start: (config: Config) => Promise<{ close(): Promise<void> }>): Promise<void> {
  try {
    // Started by `npm start`: losing the channel means that the parent is gone, however it went, even during the start.
    const orphaned = new Promise<void>((resolve) => process.once('disconnect', resolve));
    const config = loadConfig();
    await Promise.race([
      untilStoresAnswer({ ...config, migrated: true }, sayWaiting),
      orphaned.then(() => process.exit(0)),
    ]);
    const app = await start(config).catch((error: unknown) => {
      throw troubleOf(error, 'DATABASE_URL', config.databaseUrl) ?? error;
    });
    void orphaned.then(() => app.close()).finally(() => process.exit(0));
  } catch (error) {
    failInOneLine(error);
  }
}

/** Tells in one line which store a start waits for. */
export function sayWaiting(trouble: StoreTrouble): void {
  process.stderr.write(`yinke: waiting. ${trouble.message}\n`);
}

/** Ends the process: with one line where the person who starts it can do something about it, else with the stack. */
export function failInOneLine(error: unknown): never {
  const forPeople = [ConfigError, StoreTrouble, BackupTrouble, GrantTrouble].some((kind) => error instanceof kind);
  const text = error instanceof Error ? (forPeople ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`yinke: ${text}\n`);
  process.exit(1);
}
