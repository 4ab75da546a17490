import { Injectable } from '@nestjs/common';
import { mayCall, type Caller, type Principal } from '../access/index.js';

/** Kinds of things that a number may name. */
export const FOUND_KINDS = [
  'order',
  'order-event',
  'refund',
  'visit',
  'merchant',
  'application',
  'storefront',
  'reward',
  'hold',
  'adjustment',
  'points-lot',
  'coupon',
  'redemption',
  'journal',
  'payout-batch',
  'payout',
  'bank-report',
  'bank-report-line',
] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** What an address of its page is made of, besides its id. */
export interface FoundParts {
  /** sto_… */
  storefront?: string | undefined;
  /** The storefront's own order id. */
  order?: string | undefined;
  /** mer_… */
  merchant?: string | undefined;
  /** pba_… */
  batch?: string | undefined;
  /** pay_… */
  payout?: string | undefined;
  /** bkr_… */
  report?: string | undefined;
}

/** A thing that one of its numbers named. */
export interface Found {
  kind: FoundKind;
  id: string;
  /** What people know it by. */
  label: string;
  parts: FoundParts;
}

/**
 * Finds things of one room by any of their numbers, each by an index. It enrols itself with {@link Finders}, so that those
 * know no room by name.
 */
export abstract class Finder {
  constructor(finders: Finders) {
    finders.enrol(this);
  }

  /** Who may read what it finds. */
  abstract readonly readers: readonly Caller[];
  /** What has this number: whole, as it is written. */
  abstract find(number: string): Promise<readonly Found[]>;
}

/** Everything of a number, as far as the caller may read it. */
@Injectable()
export class Finders {
  private readonly finders: Finder[] = [];

  enrol(finder: Finder): void {
    this.finders.push(finder);
  }

  async find(principal: Principal, number: string): Promise<Found[]> {
    const allowed = this.finders.filter(({ readers }) => mayCall(readers, principal));
    const found = (await Promise.all(allowed.map((finder) => finder.find(number)))).flat();
    return found.sort((a, b) => FOUND_KINDS.indexOf(a.kind) - FOUND_KINDS.indexOf(b.kind));
  }
}
