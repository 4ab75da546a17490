import { Injectable } from '@nestjs/common';
import { ScheduledDraftService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class PayoutsDraftProcessor extends JobProcessor {
  readonly job = 'payouts.draft';

  constructor(private readonly drafts: ScheduledDraftService) {
    super();
  }

  process(): Promise<number> {
    return this.drafts.draftDueBatches();
  }
}
