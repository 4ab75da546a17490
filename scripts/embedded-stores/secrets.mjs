// @ts-check
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unfinishedName } from '../lib/data-folder.mjs';
import { Refusal, shown } from '../lib/say.mjs';

/**
 * @typedef {object} DatabasePasswords
 * @property {string} databasePassword of the user who may change tables
 * @property {string} servicePassword of the service's user
 * @property {string} auditPassword of the user who may only read
 */

/**
 * @typedef {object} OtherSecrets
 * @property {string} redisPassword
 * @property {Record<string, string>} environment settings of the service; the user's own values go before them
 */

/** @typedef {DatabasePasswords & OtherSecrets} Secrets */

/** @param {string} folder */
export const secretsFile = (folder) => join(folder, 'embedded.json');

/**
 * Passwords and keys of the embedded mode: made up at the first start and kept beside the data they protect, for
 * without the data keys nobody can read the bank accounts again.
 * @param {string} folder
 * @returns {Secrets & { isNew: boolean }}
 */
export function embeddedSecrets(folder) {
  const file = secretsFile(folder);
  const isNew = !existsSync(file);
  const kept = isNew ? undefined : readSecrets(file);
  const key = () => randomBytes(32).toString('base64');
  const password = () => randomBytes(18).toString('base64url');
  /** @type {Secrets} */
  const secrets = {
    databasePassword: password(),
    servicePassword: password(),
    auditPassword: password(),
    redisPassword: password(),
    environment: {
      YINKE_TOKEN_KEYS: `k1:${key()}`,
      YINKE_DATA_KEYS: `k1:${key()}`,
      YINKE_BLIND_INDEX_KEY: key(),
      YINKE_SEAL_KEY: key(),
      YINKE_BACKUP_KEY: key(),
      YINKE_ADMIN_EMAIL: 'admin@yinke.local',
      YINKE_ADMIN_PASSWORD: password(),
    },
  };
  if (kept) {
    // A setting that is newer than the folder is made up now; what was there stays.
    const isComplete =
      Object.keys(secrets).every((name) => name in kept) &&
      Object.keys(secrets.environment).every((name) => name in kept.environment);
    Object.assign(secrets, kept, { environment: { ...secrets.environment, ...kept.environment } });
    if (isComplete) return { ...secrets, isNew };
  }
  const unfinished = unfinishedName(file);
  writeFileSync(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
  return { ...secrets, isNew };
}

/** @param {string} file @returns {Secrets} */
function readSecrets(file) {
  try {
    const secrets = JSON.parse(readFileSync(file, 'utf8'));
    if (secrets.databasePassword && secrets.redisPassword && secrets.environment) return secrets;
  } catch {
    // said below
  }
  throw new Refusal(`${shown(file)} is damaged; put its backup back, or delete ${shown(dirname(file))} to start anew`);
}
