import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { DeskController } from './desk.controller.js';
import { Finders } from './finders.js';
import { WaitingCountRepository } from './waiting-count.repository.js';
import { WaitingWork } from './waiting-work.js';

/** What people come with: a number to be found, and the question what waits for them. The rooms enrol what they know. */
@Module({
  imports: [AccessModule],
  controllers: [DeskController],
  providers: [Finders, WaitingWork, WaitingCountRepository],
  exports: [Finders, WaitingWork],
})
export class DeskModule {}
