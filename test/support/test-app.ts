import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/api/create-app.js';
import { HttpClient } from './http-client.js';
import { serviceConfig } from './test-config.js';
import { createDataSource } from '../../src/core/data-source.js';
import { entities } from '../../src/entities.js';
import { createTestDatabase } from './test-database.js';

/** The API on a free port, on a fresh database. */
export interface TestApp {
  app: NestFastifyApplication;
  databaseUrl: string;
  /** The database with every right, for what the program may not do. */
  db: DataSource;
  baseUrl: string;
  /** A client without credentials. */
  http: HttpClient;
  close(): Promise<void>;
}

/** Starts the API as `main.ts` does, over real HTTP. */
export async function startTestApp(overrides: NodeJS.ProcessEnv = {}, database?: string): Promise<TestApp> {
  const databaseUrl = await createTestDatabase(database);
  const db = await createDataSource({ url: databaseUrl, poolSize: 5, entities }).initialize();
  const app = await createApp(serviceConfig(databaseUrl, overrides));
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    await db.destroy();
    throw error;
  }
  const baseUrl = await app.getUrl();
  const close = async () => {
    await app.close();
    if (db.isInitialized) await db.destroy();
  };
  return { app, databaseUrl, db, baseUrl, http: new HttpClient(baseUrl), close };
}
