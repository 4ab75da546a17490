import { ConfigError, loadConfig, type Config } from './config.js';

/** Starts a process from its configuration; ends it in good order when its parent goes away or something fails. */
export async function bootOrExit(start: (config: Config) => Promise<{ close(): Promise<void> }>): Promise<void> {
  try {
    const app = await start(loadConfig());
    // Started by `npm start`: losing the channel means that the parent is gone, however it went.
    process.once('disconnect', () => {
      void app.close().finally(() => process.exit(0));
    });
  } catch (error) {
    const message =
      error instanceof ConfigError
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    process.stderr.write(`yinke: ${message}\n`);
    process.exit(1);
  }
}
