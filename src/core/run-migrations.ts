import { AdvisoryLocks } from './advisory-locks.js';
import { createDataSource } from './data-source.js';

/**
 * Brings a schema up to date; returns the names of what ran. However many processes come at the same time, each migration
 * runs once: the others wait for their turn, and find nothing left to do. `waits` hears that another one is at it.
 */
export async function runMigrations(url: string, waits: () => void = () => undefined): Promise<string[]> {
  const dataSource = await createDataSource({ url, poolSize: 2, entities: [] }).initialize();
  try {
    let said = false;
    return await new AdvisoryLocks(dataSource).runInTurn('migrate', {
      work: async () => (await dataSource.runMigrations()).map(({ name }) => name),
      instead: () => {
        if (!said) waits();
        said = true;
        return Promise.resolve(null);
      },
    });
  } finally {
    await dataSource.destroy();
  }
}
