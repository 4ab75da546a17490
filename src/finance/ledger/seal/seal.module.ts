import { Module } from '@nestjs/common';
import { AccessModule } from '../../../access/index.js';
import { SealController } from './seal.controller.js';
import { SealRepository } from './seal.repository.js';
import { Sealer } from './sealer.js';

/** The chain of journals. */
@Module({
  imports: [AccessModule],
  controllers: [SealController],
  providers: [Sealer, SealRepository],
  exports: [Sealer, SealRepository],
})
export class SealModule {}
