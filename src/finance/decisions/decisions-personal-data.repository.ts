import { Injectable } from '@nestjs/common';
import { type OpenMatter, PersonalDataSource, type PersonalTable } from '../../desk/index.js';
import { AdjustmentEntity } from './adjustments/adjustment.entity.js';
import { HoldEntity } from './holds/hold.entity.js';

/** What decisions hold about people. The reason of an adjustment stands in the books, and stays. */
@Injectable()
export class DecisionsPersonalData extends PersonalDataSource {
  readonly tables: readonly PersonalTable[] = [
    { entity: HoldEntity, rows: 'merchant_id = :merchant', erased: { reason: "'—'", decision_reason: 'NULL' } },
    { entity: AdjustmentEntity, rows: 'merchant_id = :merchant', erased: 'kept' },
  ];

  override readonly openMatters: readonly OpenMatter[] = [
    {
      code: 'erasure.work-open',
      detail: 'Money of the merchant’s is on hold.',
      sql: "SELECT 1 FROM hold WHERE merchant_id = :merchant AND state = 'open'",
    },
    {
      code: 'erasure.work-open',
      detail: 'An adjustment of the merchant’s balance waits for a second person.',
      sql: "SELECT 1 FROM adjustment WHERE merchant_id = :merchant AND state = 'awaiting-approval'",
    },
  ];
}
