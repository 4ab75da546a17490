import { Injectable } from '@nestjs/common';
import { PayoutDeliveryService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';
import { waitingIds } from '../waiting-ids.js';

@Injectable()
export class PayoutsSubmitProcessor extends JobProcessor {
  readonly job = 'payouts.submit';

  constructor(private readonly delivery: PayoutDeliveryService) {
    super();
  }

  process(data: unknown): Promise<void> {
    return this.delivery.submitWaitingPayouts(waitingIds(data));
  }
}
