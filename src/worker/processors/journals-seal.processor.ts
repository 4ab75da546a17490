import { Injectable } from '@nestjs/common';
import { Sealer } from '../../finance/index.js';
import { JobProcessor } from '../job-catalogue.js';

@Injectable()
export class JournalsSealProcessor extends JobProcessor {
  readonly job = 'journals.seal';

  constructor(private readonly sealer: Sealer) {
    super();
  }

  process(): Promise<number> {
    return this.sealer.sealJournals();
  }
}
