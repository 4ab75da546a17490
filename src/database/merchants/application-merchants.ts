import { Injectable } from '@nestjs/common';
import { MerchantCaller } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { MerchantRegistry } from './merchant-registry.js';

/** Tells the access room which merchant an application became, so that its token opens what is theirs. */
@Injectable()
export class ApplicationMerchants {
  constructor(callers: MerchantCaller, merchants: MerchantRegistry, unitOfWork: UnitOfWork) {
    callers.enrol((applicationId) => merchants.findIdByApplication(unitOfWork.reader, applicationId));
  }
}
