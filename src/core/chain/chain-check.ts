import type { EntityManager } from 'typeorm';
import { formatHead, GENESIS, sealFits, sealOf, type ChainHead } from './seal.js';
import type { ChainRepository } from './chain.repository.js';

/** What is wrong with one sealed row, for people. */
export interface ChainFault {
  id: string;
  fault: 'altered' | 'removed' | 'inserted';
  position: bigint | null;
}

export interface ChainReport {
  /** Rows whose seal was worked out again. */
  checked: bigint;
  head: string;
  faults: ChainFault[];
  /** Sentences about the chain as a whole: links missing, a head that is not the one kept outside. */
  breaks: string[];
}

const STEP = 1000;
const FAULTS = 1000;

/**
 * Works out the whole chain again from what the tables say now. `kept` is a head that was written down outside the
 * database: the chain must pass through it. Memory stays flat, however long the chain is.
 */
export async function checkChain(
  tx: EntityManager,
  repository: ChainRepository,
  key: Buffer,
  kept: ChainHead | null,
): Promise<ChainReport> {
  const stored = await repository.findHead(tx);
  const faults: ChainFault[] = [];
  const breaks: string[] = [];
  // What a link stands on is the stored seal before it, so that one altered row is one fault and not all that follow.
  let before = GENESIS;
  let passedKept = kept === null || kept.position === 0n;
  let checked = 0n;
  for (;;) {
    const links = await repository.findSealed(tx, before.position, STEP);
    for (const link of links) {
      if (link.position !== before.position + 1n) {
        breaks.push(`links ${(before.position + 1n).toString()}–${(link.position - 1n).toString()} are missing`);
      }
      const base = { position: link.position - 1n, seal: before.seal };
      if (link.row === null) faults.push({ id: link.id, fault: 'removed', position: link.position });
      else if (!sealFits(link.seal, sealOf(key, base, link.row).seal)) {
        faults.push({ id: link.id, fault: 'altered', position: link.position });
      }
      before = { position: link.position, seal: link.seal };
      if (kept?.position === link.position) {
        passedKept = true;
        if (kept.seal !== link.seal)
          breaks.push(`link ${link.position.toString()} is not the one that was written down`);
      }
      checked += 1n;
    }
    if (links.length < STEP || faults.length >= FAULTS) break;
  }
  if (faults.length < FAULTS) {
    if (before.position < stored.position || (before.position === stored.position && before.seal !== stored.seal)) {
      breaks.push(`the chain ends at ${before.position.toString()}, its head says ${stored.position.toString()}`);
    }
    if (!passedKept) breaks.push(`the chain does not reach ${formatHead(kept ?? GENESIS)}, which was written down`);
  }
  for (const id of await repository.findSmuggled(tx, FAULTS)) faults.push({ id, fault: 'inserted', position: null });
  for (const id of await repository.findOrphans(tx, FAULTS)) {
    if (!faults.some((fault) => fault.id === id)) faults.push({ id, fault: 'removed', position: null });
  }
  return { checked, head: formatHead(before), faults, breaks };
}

/** What is wrong with a chain, a sentence each. */
export function chainFaults({ faults, breaks }: ChainReport): string[] {
  return [...faults.map(({ id, fault }) => `${id} was ${fault}`), ...breaks];
}
