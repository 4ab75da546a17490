import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { DeskController } from './desk.controller.js';
import { Finders } from './finders.js';
import { PersonalData } from './personal-data.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { StaffWork } from './staff-work.js';
import { WaitingCountRepository } from './waiting-count.repository.js';
import { WaitingWork } from './waiting-work.js';

/** What people come with: a number to be found, the question what waits for them, and what is held about them. The rooms enrol what they know. */
@Module({
  imports: [AccessModule],
  controllers: [DeskController],
  providers: [Finders, WaitingWork, WaitingCountRepository, PersonalData, PersonalDataRepository, StaffWork],
  exports: [Finders, WaitingWork, PersonalData],
})
export class DeskModule {}
