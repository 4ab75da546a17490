import 'reflect-metadata';
import { loadSettings } from './core/config.js';
import { failInOneLine, sayWaiting } from './boot.js';
import { assertStoresAnswer, untilStoresAnswer } from './core/store-trouble.js';

/**
 * What `npm start` asks first: whether the database and Redis that the settings name can be used. Silent when they can.
 * With `--wait` it waits for those that are not there yet, and says so.
 */
try {
  const urls = loadSettings(['databaseUrl', 'redisUrl']);
  if (process.argv.includes('--wait')) await untilStoresAnswer(urls, sayWaiting);
  else await assertStoresAnswer(urls);
} catch (error) {
  failInOneLine(error);
}
