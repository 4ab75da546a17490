import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../desk/index.js';
import { isId, type IdKind } from '../../shared/ids.js';

/** Finds what has an id, a merchant and a reason. */
@Injectable()
abstract class ReasonFinder extends Finder {
  protected abstract readonly kind: ('hold' | 'adjustment') & IdKind;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    const { kind } = this;
    if (!isId(kind, number)) return [];
    const rows: { id: string; reason: string; merchant: string }[] = await this.unitOfWork.reader.query(
      `SELECT id, reason, merchant_id merchant FROM ${kind} WHERE id = ?`,
      [number],
    );
    return rows.map(({ id, reason: label, merchant }) => ({ kind, id, label, parts: { merchant } }));
  }
}

/** Holds by id. */
@Injectable()
export class HoldFinder extends ReasonFinder {
  readonly readers = ['staff'] as const;
  protected readonly kind = 'hold';
}

/** Adjustments by id. */
@Injectable()
export class AdjustmentFinder extends ReasonFinder {
  readonly readers = ['finance-maker', 'finance-checker', 'auditor'] as const;
  protected readonly kind = 'adjustment';
}
