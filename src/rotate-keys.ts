import 'reflect-metadata';
import { failInOneLine } from './boot.js';
import { loadConfig } from './core/config.js';
import { rotateDataKeys } from './key-rotation.js';

/** `npm run keys:rotate`: ends with 1 if anything remains under an old key. */
try {
  const whole = await rotateDataKeys(loadConfig(), (line) => process.stdout.write(`${line}\n`));
  process.exit(whole ? 0 : 1);
} catch (error) {
  failInOneLine(error);
}
