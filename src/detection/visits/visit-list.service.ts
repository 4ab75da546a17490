import { Injectable } from '@nestjs/common';
import { MerchantDirectory, merchantName, StorefrontDirectory } from '../../database/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { openPeriod, pageRequest } from '../../shared/page.dto.js';
import { momentKeyOf, momentKeyText, pageOf, type Page } from '../../shared/page.js';
import type { VisitListQuery, VisitSummaryDto } from './visit-list.dto.js';
import { VisitRepository, type ListedVisit } from './visit.repository.js';

/** Visits as staff see them. */
@Injectable()
export class VisitListService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly visits: VisitRepository,
    private readonly merchants: MerchantDirectory,
    private readonly storefronts: StorefrontDirectory,
  ) {}

  /** The latest first. */
  async listVisits(query: VisitListQuery): Promise<Page<VisitSummaryDto>> {
    const page = pageRequest(query);
    const { storefront, merchant: merchantId, attributed, via } = query;
    const storefrontIds = this.storefronts.all().map(({ id }) => id);
    const filter = {
      storefrontIds: storefront === undefined ? storefrontIds : storefrontIds.filter((id) => id === storefront),
      merchantId,
      attributed: attributed === undefined ? undefined : attributed === 'true',
      via,
      ...openPeriod(query),
    };
    const rows = await this.visits.list(this.unitOfWork.reader, filter, momentKeyOf(page.after), page.limit + 1);
    return pageOf(
      rows,
      page.limit,
      ({ key }) => momentKeyText(key),
      (row) => this.summaryOf(row),
    );
  }

  private summaryOf(row: ListedVisit): VisitSummaryDto {
    const { id, storefrontId, merchantId, via, codeStatus, codeGiven, referrerUrl, answers } = row;
    return {
      id,
      storefront: storefrontId,
      at: row.createdAt.toISOString(),
      merchant: merchantName(this.merchants, merchantId),
      via,
      codeStatus,
      codeGiven,
      referrerUrl,
      answers,
      answeredAt: row.answeredAt?.toISOString() ?? null,
    };
  }
}
