import 'reflect-metadata';
import { loadSettings } from './core/config.js';
import { failInOneLine } from './boot.js';
import { assertStoresAnswer } from './core/store-trouble.js';

/** What `npm start` asks first: whether the database and Redis that the settings name can be used. Silent when they can. */
try {
  await assertStoresAnswer(loadSettings(['databaseUrl', 'redisUrl']));
} catch (error) {
  failInOneLine(error);
}
