import { Injectable } from '@nestjs/common';
import { ScheduledAudit } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class BooksAuditProcessor extends JobProcessor {
  readonly job = 'books.audit';

  constructor(private readonly audit: ScheduledAudit) {
    super();
  }

  process(): Promise<unknown> {
    return this.audit.runAndKeep();
  }
}
