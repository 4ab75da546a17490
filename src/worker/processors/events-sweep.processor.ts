import { Injectable } from '@nestjs/common';
import { SweepService } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class EventsSweepProcessor extends JobProcessor {
  readonly job = 'events.sweep';

  constructor(private readonly sweep: SweepService) {
    super();
  }

  process(): Promise<number> {
    return this.sweep.postOverdue();
  }
}
