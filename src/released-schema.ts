import 'reflect-metadata';
import { loadSettings } from './core/config.js';
import { createDataSource } from './core/data-source.js';
import { DESCRIBE_COLUMNS, shapeOf } from './core/schema-compatibility.js';

/** Prints the schema of DATABASE_URL, for src/core/migrations/released-schema.json: what the next release is compared with. */
const { databaseUrl: url } = loadSettings(['databaseUrl']);
const dataSource = await createDataSource({ url, poolSize: 1, entities: [] }).initialize();
process.stdout.write(`${JSON.stringify(shapeOf(await dataSource.query(DESCRIBE_COLUMNS)), null, 2)}\n`);
await dataSource.destroy();
