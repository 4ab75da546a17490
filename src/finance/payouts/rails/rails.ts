import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';
import { FileRail, OnlineRail, type FileFormat } from './payout-rail.js';

/** The rails that there are; catalogue.ts names them. */
export class Rails {
  constructor(private readonly all: readonly (FileRail | OnlineRail)[]) {}

  /** All of them, configured or not. */
  list(): readonly (FileRail | OnlineRail)[] {
    return this.all;
  }

  /** Throws `payout.rail-not-available` when there is no such rail or it is not configured. */
  get(name: string): FileRail | OnlineRail {
    const rail = this.all.find((one) => one.name === name && one.available);
    if (rail) return rail;
    throw new DomainError<PayoutErrorCode>('payout.rail-not-available', `The rail ${name} is not available.`);
  }

  /**
   * The format of a new batch's file: the one that is wanted, or the rail's own; null on a rail without files. Throws
   * `request.invalid` when the rail does not write it.
   */
  format(rail: FileRail | OnlineRail, wanted: FileFormat | undefined): FileFormat | null {
    const formats: readonly FileFormat[] = rail instanceof FileRail ? rail.formats : [];
    if (wanted === undefined) return formats[0] ?? null;
    if (formats.includes(wanted)) return wanted;
    const detail = formats.length === 0 ? 'this rail writes no files' : `must be one of ${formats.join(', ')}`;
    throw new DomainError('request.invalid', 'The rail does not write that format.', [
      { pointer: '/fileFormat', detail },
    ]);
  }

  /** The rail, configured or not; null when there is none of this name any more. */
  find(name: string): FileRail | OnlineRail | null {
    return this.all.find((one) => one.name === name) ?? null;
  }

  /** Names of the rails that answer, and are configured. */
  online(): string[] {
    return this.all.filter((rail) => rail instanceof OnlineRail && rail.available).map((rail) => rail.name);
  }

  /** Longest time that a call to any of them takes, in milliseconds. */
  longestCallMs(): number {
    return this.all.reduce((longest, rail) => {
      const ms = rail instanceof OnlineRail && rail.available ? rail.timeoutMs : 0;
      return ms > longest ? ms : longest;
    }, 0);
  }

  /** Names of the rails that write files. */
  files(): string[] {
    return this.all.filter((rail) => rail instanceof FileRail).map((rail) => rail.name);
  }
}
