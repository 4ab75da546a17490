import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/api/create-app.js';
import { HttpClient } from './http-client.js';
import { testConfig } from './test-config.js';
import { createTestDatabase } from './test-database.js';

/** The API on a free port, on a fresh database. */
export interface TestApp {
  app: NestFastifyApplication;
  databaseUrl: string;
  baseUrl: string;
  /** A client without credentials. */
  http: HttpClient;
  close(): Promise<void>;
}

/** Starts the API as `main.ts` does, over real HTTP. */
export async function startTestApp(overrides: NodeJS.ProcessEnv = {}, database?: string): Promise<TestApp> {
  const databaseUrl = await createTestDatabase(database);
  const app = await createApp(testConfig(databaseUrl, overrides));
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  const baseUrl = await app.getUrl();
  return { app, databaseUrl, baseUrl, http: new HttpClient(baseUrl), close: () => app.close() };
}
