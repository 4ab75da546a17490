import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../core/config.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { StoreGauges } from '../../../core/store-gauges.js';
import { Logger } from '../../../core/logger.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minorToWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { WaitingMerchantDto } from './waiting-merchants.dto.js';
import { WaitingMerchantsRepository, type WaitingMerchant } from './waiting-merchants.repository.js';
import { isId } from '../../../shared/ids.js';

/** Merchants named in an ALERT. */
const NAMED = 5;

/** Sees to it that no merchant is forgotten: who could be paid and waits too long is counted, listed and an ALERT. */
@Injectable()
export class WaitingMerchantsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly waiting: WaitingMerchantsRepository,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
    gauges: StoreGauges,
  ) {
    gauges.add(
      {
        name: 'yinke_payout_waiting_merchants',
        help: 'Merchants who could be paid and have waited for longer than YINKE_PAYOUT_WAIT_DAYS, by currency.',
        labelNames: ['currency'],
      },
      async () =>
        (await waiting.countWaiting(unitOfWork.reader)).map(({ currency, merchants }) => ({
          labels: { currency },
          value: merchants,
        })),
    );
  }

  /** The longest waiting first. Throws `request.invalid` when the cursor is not one of ours. */
  async listWaiting(currency: string | undefined, { limit, after }: PageRequest): Promise<Page<WaitingMerchantDto>> {
    const rows = await this.waiting.findWaiting(this.unitOfWork.reader, currency, readKey(after), limit + 1);
    return pageOf(rows, limit, keyOf, (row) => ({
      merchant: row.merchantId,
      currency: row.currency,
      available: minorToWire(row.available),
      since: row.since.toISOString(),
      days: row.days,
    }));
  }

  /** Writes an ALERT when a merchant waits too long; returns how many do. */
  async alertWaiting(): Promise<number> {
    const reader = this.unitOfWork.reader;
    const counts = await this.waiting.countWaiting(reader);
    if (counts.length === 0) return 0;
    const longest = await this.waiting.findWaiting(reader, undefined, null, NAMED);
    this.logger.alert('merchants-waiting', {
      longerThanDays: this.config.payoutWaitDays,
      counts,
      longest: longest.map(({ merchantId, currency, days }) => ({ merchantId, currency, days })),
    });
    return counts.reduce((sum, { merchants }) => sum + merchants, 0);
  }
}

function keyOf({ place, merchantId, currency }: WaitingMerchant): string {
  return [place, merchantId, currency].join('|');
}

function readKey(after: string | null) {
  if (after === null) return null;
  const [place = '', merchantId = '', currency = ''] = after.split('|');
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/.test(place) || !isId('merchant', merchantId))
    throw new DomainError('request.invalid', 'The cursor is not one of ours.', [
      { pointer: '/cursor', detail: 'must be the nextCursor of the page before' },
    ]);
  return { place, merchantId, currency };
}
