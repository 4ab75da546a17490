import { Injectable } from '@nestjs/common';
import { PointsExpiryService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class PointsExpireProcessor extends JobProcessor {
  readonly job = 'points.expire';

  constructor(private readonly expiry: PointsExpiryService) {
    super();
  }

  process(): Promise<number> {
    return this.expiry.expirePoints();
  }
}
