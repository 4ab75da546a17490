import { Injectable } from '@nestjs/common';
import { PayoutDeliveryService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class PayoutsPollProcessor extends JobProcessor {
  readonly job = 'payouts.poll';

  constructor(private readonly delivery: PayoutDeliveryService) {
    super();
  }

  process(): Promise<void> {
    return this.delivery.pollOpenPayouts();
  }
}
