import { Injectable } from '@nestjs/common';
import { type WorkItem, WorkSource } from '../../../desk/index.js';
import { OPEN_RESULTS } from './bank-report.entity.js';

/** Lines that wait for a maker, and matches that wait for a checker. */
@Injectable()
export class BankReportWork extends WorkSource {
  readonly items: readonly WorkItem[] = [
    {
      kind: 'open-bank-lines',
      roles: ['finance-maker'],
      rows: () => ({
        sql: 'bank_report_line WHERE result IN (?) AND proposed_by IS NULL',
        values: [OPEN_RESULTS],
      }),
    },
    {
      kind: 'matches-to-approve',
      roles: ['finance-checker'],
      rows: (staffId) => ({
        sql: 'bank_report_line WHERE result IN (?) AND proposed_by <> ?',
        values: [OPEN_RESULTS, staffId],
      }),
    },
  ];
}
