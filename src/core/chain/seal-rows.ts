import type { UnitOfWork } from '../unit-of-work.js';
import type { ChainRepository } from './chain.repository.js';
import { sealOf } from './seal.js';

const BATCH = 1000;

/** How rows are sealed. */
export interface Sealing {
  key: Buffer;
  /** Seconds after which nothing older than a row can still appear. */
  afterSeconds: number;
}

/** Seals all that has settled, in the order of writing. Returns how many rows that were. */
export async function sealRows<Id extends string>(
  unitOfWork: UnitOfWork,
  repository: ChainRepository<Id>,
  { key, afterSeconds }: Sealing,
): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await unitOfWork.run(async (tx) => {
      let head = await repository.lockHead(tx);
      const rows = await repository.findUnsealed(tx, BATCH, afterSeconds);
      const links = rows.map((row) => {
        head = sealOf(key, head, row);
        return { head, id: row.id };
      });
      await repository.append(tx, links);
      return links.length;
    });
    sealed += batch;
    if (batch < BATCH) return sealed;
  }
}
