import { sealedAccess } from './access/index.js';
import { ConfigError, type Config } from './core/config.js';
import { createDataSource } from './core/data-source.js';
import { keysInUse, type DataKeys, type KeyInUse, type SealedTable } from './core/sealed-tables.js';
import { sealedRegistry } from './database/index.js';
import { sealedPayouts } from './finance/index.js';
import { sealedMessages } from './messages/index.js';

/** Every table with sealed columns. */
export function allSealedTables(keys: DataKeys): SealedTable[] {
  return [...sealedMessages(keys), ...sealedAccess(keys), ...sealedRegistry(keys), ...sealedPayouts(keys)];
}

/** Throws {@link ConfigError} when a table needs a data key that the configuration does not have. */
export async function assertDataKeys(config: DataKeys & Pick<Config, 'databaseUrl'>): Promise<void> {
  const dataSource = await createDataSource({ url: config.databaseUrl, poolSize: 1, entities: [] }).initialize();
  try {
    assertKnown(config, await keysInUse(dataSource.manager, allSealedTables(config)));
  } finally {
    await dataSource.destroy();
  }
}

/** Throws {@link ConfigError} that names keys which are missing, and the tables that need them. */
export function assertKnown({ dataKeys }: DataKeys, inUse: readonly KeyInUse[]): void {
  const missing = inUse.filter(({ keyId }) => dataKeys.every(({ id }) => id !== keyId));
  if (missing.length === 0) return;
  const said = [...new Set(missing.map(({ keyId }) => keyId))].map((keyId) => {
    const tables = missing.filter((one) => one.keyId === keyId).map(({ table }) => table);
    return `the key ${keyId}, which rows of ${tables.join(', ')} are sealed with`;
  });
  throw new ConfigError(
    `YINKE_DATA_KEYS does not have ${said.join(', and ')}. Put it back behind the newest; it can go once npm run keys:rotate says so.`,
  );
}
