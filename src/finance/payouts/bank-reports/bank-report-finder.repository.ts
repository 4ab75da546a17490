import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../../desk/index.js';
import type { BankReportId } from '../../../shared/ids.js';
import { lineId, lineKey } from './bank-report-view.js';

interface LineRow {
  report_id: BankReportId;
  line: number;
  label: string | null;
  payout: string | null;
}

const LINE =
  '(SELECT report_id, line, COALESCE(reference, bank_reference) label, payout_id payout FROM bank_report_line WHERE';
const SHOWN = 'ORDER BY report_id DESC LIMIT 20)';

/** Bank reports by id or the bank's message id; their lines by id, by end-to-end reference, or by the bank's own reference. */
@Injectable()
export class BankReportFinder extends Finder {
  readonly readers = ['finance-maker', 'finance-checker', 'auditor'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    const reports: { id: string; label: string }[] = await this.unitOfWork.reader.query(
      `SELECT id, message_id label FROM bank_report WHERE id = ?
       UNION (SELECT id, message_id FROM bank_report WHERE message_id = ? ORDER BY id DESC LIMIT 20)`,
      [number, number],
    );
    const key = lineKey(number);
    const lines: LineRow[] = await this.unitOfWork.reader.query(
      `${LINE} report_id = ? AND line = ?) UNION ${LINE} reference = ? ${SHOWN} UNION ${LINE} bank_reference = ? ${SHOWN}`,
      [key?.reportId ?? '', key?.line ?? 0, number, number],
    );
    return [
      ...reports.map(({ id, label }): Found => ({ kind: 'bank-report', id, label, parts: { report: id } })),
      ...lines.map(({ report_id: reportId, line, label, payout }): Found => {
        const id = lineId({ reportId, line });
        return {
          kind: 'bank-report-line',
          id,
          label: label ?? id,
          parts: { report: reportId, payout: payout ?? undefined },
        };
      }),
    ];
  }
}
