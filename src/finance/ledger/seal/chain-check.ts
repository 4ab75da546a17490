import type { EntityManager } from 'typeorm';
import { formatHead, GENESIS, sealFits, sealOf, type ChainHead } from './seal.js';
import type { SealRepository } from './seal.repository.js';
import type { JournalId } from '../../../shared/ids.js';

/** What is wrong with one journal, for people. */
export interface ChainFault {
  journalId: JournalId;
  fault: 'altered' | 'removed' | 'inserted';
  position: bigint | null;
}

export interface ChainReport {
  /** Journals whose seal was worked out again. */
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
  repository: SealRepository,
  key: Buffer,
  kept: ChainHead | null,
): Promise<ChainReport> {
  const stored = await repository.findHead(tx);
  const faults: ChainFault[] = [];
  const breaks: string[] = [];
  // What a link stands on is the stored seal before it, so that one altered journal is one fault and not all that follow.
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
      if (link.journal === null) faults.push({ journalId: link.journalId, fault: 'removed', position: link.position });
      else if (!sealFits(link.seal, sealOf(key, base, link.journal).seal)) {
        faults.push({ journalId: link.journalId, fault: 'altered', position: link.position });
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
  for (const journalId of await repository.findSmuggled(tx, FAULTS))
    faults.push({ journalId, fault: 'inserted', position: null });
  for (const journalId of await repository.findOrphanEntries(tx, FAULTS)) {
    if (!faults.some((f) => f.journalId === journalId)) faults.push({ journalId, fault: 'removed', position: null });
  }
  return { checked, head: formatHead(before), faults, breaks };
}
