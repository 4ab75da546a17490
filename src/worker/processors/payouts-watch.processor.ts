import { Injectable } from '@nestjs/common';
import { PayoutHousekeeping } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class PayoutsWatchProcessor extends JobProcessor {
  readonly job = 'payouts.watch';

  constructor(private readonly housekeeping: PayoutHousekeeping) {
    super();
  }

  process(): Promise<unknown> {
    return this.housekeeping.watch();
  }
}
