import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MerchantDirectory, type Storefront } from '../../database/index.js';
import { DomainError, invalidFields, type SharedErrorCode } from '../../shared/domain-error.js';
import { newId, type VisitId } from '../../shared/ids.js';
import type { Touch } from './attribution.js';
import { typedCodes } from './visit-url.js';
import { codeStatusOf } from './visit.service.js';
import { VisitRepository, type NewVisit } from './visit.repository.js';
import { VisitTokens, type Visit, type VisitClaims } from './visit-tokens.js';

/** What a storefront's server says of how a shopper came, where it keeps neither token nor visit. */
export interface ToldVisit {
  merchantCode: string;
  at: Date;
  /** The storefront's reference for the shopper. */
  shopperRef: string | null;
}

/** A visit that an order names by its id; as a row says it, to be read at the moment of the order. */
export type StoredVisit = Awaited<ReturnType<VisitRepository['findMany']>>[number];

/** Visits that come with an order, and without their token. They attribute by the same rules. */
@Injectable()
export class OrderVisits {
  constructor(
    private readonly repository: VisitRepository,
    private readonly tokens: VisitTokens,
    private readonly merchants: MerchantDirectory,
  ) {}

  /** Visits by their ids; unknown ones are left out. */
  async findMany(tx: EntityManager, ids: readonly VisitId[]): Promise<Map<VisitId, StoredVisit>> {
    return new Map((await this.repository.findMany(tx, ids)).map((row) => [row.id, row]));
  }

  /**
   * What the latest token of a visit would say at `now`. Throws `request.invalid` when it is no visit of this storefront, and
   * `token.expired` when its time is over.
   */
  read(row: StoredVisit | undefined, storefront: Storefront, now: Date): Visit {
    if (row?.storefrontId !== storefront.id || row.memory === null)
      throw invalidFields([{ pointer: '/visitId', detail: 'is no visit of this storefront' }]);
    const { expiresAt, ...remembered } = row.memory;
    if (Date.parse(expiresAt) <= now.getTime())
      throw new DomainError<SharedErrorCode>('token.expired', `The visit attributes nothing since ${expiresAt}.`);
    const { id, storefrontId, codeStatus } = row;
    return this.tokens.visitOf({ id, storefrontId, codeStatus, ...remembered }, storefront, now);
  }

  /**
   * A visit as the storefront's server tells it, read at `now`, and its row, to be recorded with the order. A code that is
   * not an active merchant's attributes nothing, as in any visit.
   */
  tell(
    { merchantCode, at, shopperRef }: ToldVisit,
    storefront: Storefront,
    now: Date,
  ): { visit: Visit; row: NewVisit } {
    const id = newId('visit');
    const merchant =
      typedCodes(merchantCode)
        .map((code) => this.merchants.byCode(code))
        .find((card) => card?.state === 'active') ?? null;
    const touch: Touch | null = merchant && { merchantId: merchant.id, via: 'code', visitId: id, at: at.toISOString() };
    const claims: VisitClaims = {
      id,
      storefrontId: storefront.id,
      codeStatus: codeStatusOf(merchantCode, merchant),
      touches: touch ? [touch] : [],
      previous: 'none',
      shopper: shopperRef === null ? undefined : this.tokens.markOf(shopperRef, storefront),
    };
    const visit = this.tokens.visitOf(claims, storefront, now);
    const row: NewVisit = {
      id,
      storefrontId: storefront.id,
      merchantId: visit.attribution?.merchantId ?? null,
      via: visit.attribution?.via ?? null,
      codeStatus: claims.codeStatus,
      codeGiven: merchantCode.slice(0, 64),
      shopperRef,
      referrerUrl: null,
      memory: this.tokens.memoryOf(claims, storefront, at),
      createdAt: at,
    };
    return { visit, row };
  }

  /** Writes visits that orders told, in the orders' transaction. */
  record(tx: EntityManager, rows: readonly NewVisit[]): Promise<void> {
    return this.repository.insertMany(tx, rows);
  }
}
