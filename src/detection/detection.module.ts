import { Module } from '@nestjs/common';
import { VisitTokens } from './visit-tokens.js';

/** Which merchant a request belongs to and why; whether a purchase is complete. */
@Module({
  providers: [VisitTokens],
  exports: [VisitTokens],
})
export class DetectionModule {}
