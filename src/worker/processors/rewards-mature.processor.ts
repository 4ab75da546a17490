import { Injectable } from '@nestjs/common';
import { MaturityService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class RewardsMatureProcessor extends JobProcessor {
  readonly job = 'rewards.mature';

  constructor(private readonly maturity: MaturityService) {
    super();
  }

  process(): Promise<number> {
    return this.maturity.matureRewards();
  }
}
