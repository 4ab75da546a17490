import { Ledger1764000050000 } from './1764000050000-ledger.js';

/** Every migration, oldest first. A class name ends in the moment it was written, by which TypeORM orders them. */
export const migrations: (new () => object)[] = [Ledger1764000050000];
