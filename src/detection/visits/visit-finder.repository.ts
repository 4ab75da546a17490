import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../desk/index.js';
import { isId } from '../../shared/ids.js';
import { VisitRepository } from './visit.repository.js';

/** Visits by id. */
@Injectable()
export class VisitFinder extends Finder {
  readonly readers = ['staff'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
    private readonly visits: VisitRepository,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    if (!isId('visit', number)) return [];
    const rows = await this.visits.findMany(this.unitOfWork.reader, [number]);
    return rows.map(({ id, storefrontId: storefront, merchantId }) => {
      return { kind: 'visit', id, label: id, parts: { storefront, merchant: merchantId ?? undefined } };
    });
  }
}
