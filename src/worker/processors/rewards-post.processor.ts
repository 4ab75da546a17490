import { Injectable } from '@nestjs/common';
import { PostingService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';
import { waitingIds } from '../waiting-ids.js';

@Injectable()
export class RewardsPostProcessor extends JobProcessor {
  readonly job = 'rewards.post';

  constructor(private readonly posting: PostingService) {
    super();
  }

  process(data: unknown): Promise<number> {
    return this.posting.postOrderEvents(waitingIds(data));
  }
}
