import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../desk/index.js';

interface Row {
  kind: 'payout' | 'payout-batch';
  id: string;
  label: string;
  batch: string;
  merchant: string | null;
}

const PAYOUT = "SELECT 'payout' kind, id, reference label, batch_id batch, merchant_id merchant FROM payout";
const BATCH = "SELECT 'payout-batch' kind, id, message_id label, id batch, NULL merchant FROM payout_batch";

/** Payouts by id or by their name at the bank, batches by id or by the message id of their file. */
@Injectable()
export class PayoutFinder extends Finder {
  readonly readers = ['finance-maker', 'finance-checker', 'auditor'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    const rows: Row[] = await this.unitOfWork.reader.query(
      `${PAYOUT} WHERE id = ? UNION ${PAYOUT} WHERE reference = ?
       UNION ${BATCH} WHERE id = ? UNION ${BATCH} WHERE message_id = ?`,
      [number, number, number, number],
    );
    return rows.map(({ kind, id, label, batch, merchant }) => {
      const parts = { batch, merchant: merchant ?? undefined, payout: kind === 'payout' ? id : undefined };
      return { kind, id, label, parts };
    });
  }
}
