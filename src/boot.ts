import { ConfigError, loadConfig, type Config } from './config.js';

/** Starts a process from its configuration; ends it in good order when its parent goes away or something fails. */
export async function bootOrExit(start: (config: Config) => Promise<{ close(): Promise<void> }>): Promise<void> {
  try {
    // Started by `npm start`: losing the channel means that the parent is gone, however it went, even during the start.
    const orphaned = new Promise<void>((resolve) => process.once('disconnect', resolve));
    const app = await start(loadConfig());
    void orphaned.then(() => app.close()).finally(() => process.exit(0));
  } catch (error) {
    process.stderr.write(`yinke: ${describe(error)}\n`);
    process.exit(1);
  }
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
