import { readdirSync } from 'node:fs';

type Migration = new () => object;

/** A migration's file is named by the moment it was written, as its class is, by which TypeORM orders them. */
const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /^\d{13}-[a-z-]+\.[jt]s$/.test(name));

/** Every migration in this folder, oldest first. */
export const migrations: Migration[] = (
  await Promise.all(files.sort().map((file) => import(`./${file}`) as Promise<Record<string, Migration>>))
).flatMap((module) => Object.values(module));
