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

/** Where an earlier check ended that found nothing. */
export interface CheckedChain {
  head: ChainHead;
  /** Everything that was written before then was there. */
  moment: Date;
}

const STEP = 1000;
const FAULTS = 1000;

/**
 * Works out the chain again from what the tables say now: the whole of it, or what follows on an earlier check. `kept` is a
 * head that was written down outside the database: the chain must pass through it. Memory stays flat, however long the chain is.
 */
export async function checkChain(
  tx: EntityManager,
  repository: ChainRepository,
  key: Buffer,
  kept: ChainHead | null,
  earlier: CheckedChain | null = null,
): Promise<ChainReport> {
  const stored = await repository.findHead(tx);
  const faults: ChainFault[] = [];
  const breaks = await findMissing(tx, repository, earlier === null ? [kept] : [kept, earlier.head]);
  // What a link stands on is the stored seal before it, so that one altered row is one fault and not all that follow.
  let before = earlier?.head ?? GENESIS;
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
      checked += 1n;
    }
    if (links.length < STEP || faults.length >= FAULTS) break;
  }
  if (
    faults.length < FAULTS &&
    (before.position < stored.position || (before.position === stored.position && before.seal !== stored.seal))
  )
    breaks.push(`the chain ends at ${before.position.toString()}, its head says ${stored.position.toString()}`);
  const since = earlier?.moment ?? null;
  for (const id of await repository.findSmuggled(tx, FAULTS, since))
    faults.push({ id, fault: 'inserted', position: null });
  for (const id of await repository.findOrphans(tx, FAULTS, since)) {
    if (!faults.some((fault) => fault.id === id)) faults.push({ id, fault: 'removed', position: null });
  }
  return { checked, head: formatHead(before), faults, breaks };
}

/** Which heads that were written down are no links of the chain. */
async function findMissing(
  tx: EntityManager,
  repository: ChainRepository,
  heads: readonly (ChainHead | null)[],
): Promise<string[]> {
  const missing = new Set<string>();
  for (const head of heads) {
    if (head === null || head.position === 0n) continue;
    const seal = await repository.findSeal(tx, head.position);
    if (seal === null) missing.add(`the chain does not reach ${formatHead(head)}, which was written down`);
    else if (seal !== head.seal) missing.add(`link ${head.position.toString()} is not the one that was written down`);
  }
  return [...missing];
}

/** What is wrong with a chain, a sentence each. */
export function chainFaults({ faults, breaks }: ChainReport): string[] {
  return [...faults.map(({ id, fault }) => `${id} was ${fault}`), ...breaks];
}
