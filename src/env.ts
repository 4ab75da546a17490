import { writeFileSync } from 'node:fs';
import { failInOneLine } from './boot.js';
import { ConfigError } from './core/config.js';
import { leftOpen, newEnvironment } from './core/env-file.js';

/** `npm run env [-- FILE]`: writes a `.env` with fresh keys and passwords, and says what is left to fill in. Nothing is ever overwritten. */
try {
  const file = process.argv[2] ?? '.env';
  try {
    writeFileSync(file, newEnvironment(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new ConfigError(
      `${file} is there already and stays as it is: without its keys, what they encrypted cannot be read again.`,
    );
  }
  const open = leftOpen().map(({ name, about }) => `  ${name.padEnd(18)} ${about}\n`);
  process.stdout.write(
    `wrote ${file} with fresh keys and passwords, readable by you alone. Keep a copy where neither the database nor its backups are.\nFill in:\n${open.join('')}`,
  );
} catch (error) {
  failInOneLine(error);
}
