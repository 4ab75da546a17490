import { Injectable } from '@nestjs/common';
import { CouponExpiryService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class CouponsExpireProcessor extends JobProcessor {
  readonly job = 'coupons.expire';

  constructor(private readonly expiry: CouponExpiryService) {
    super();
  }

  process(): Promise<number> {
    return this.expiry.expireCoupons();
  }
}
