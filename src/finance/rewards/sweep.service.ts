import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { OrderEventLog } from '../../detection/orders/index.js';
import { Logger } from '../../core/logger.js';
import { PostingService } from './posting.service.js';

/** Events looked for at once. */
const PAGE = 2000;
/** Sweeps after which an unposted event is a person's business. */
const ALERT_PERIODS = 3;

/** Finds the order events that no job told of, so that losing every job loses nothing. */
@Injectable()
export class SweepService {
  constructor(
    private readonly events: OrderEventLog,
    private readonly posting: PostingService,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Posts what has waited for a sweep's period or longer; returns how many. */
  async postOverdue(): Promise<number> {
    let posted = 0;
    for (;;) {
      const ids = await this.events.findWaiting(this.config.sweepSeconds * 1000, PAGE);
      const settled = ids.length === 0 ? 0 : await this.posting.postOrderEvents(ids);
      posted += settled;
      if (ids.length < PAGE || settled === 0) break;
    }
    const oldestSeconds = await this.events.oldestWaitingSeconds();
    if (oldestSeconds > ALERT_PERIODS * this.config.sweepSeconds)
      this.logger.alert('events-waiting', { oldestSeconds });
    return posted;
  }
}
