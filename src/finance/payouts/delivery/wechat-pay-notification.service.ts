import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';
import { PayoutContradictionService } from './payout-contradiction.service.js';
import { PayoutOutcomeService } from '../payout-outcome.service.js';
import { PayoutEntity } from '../payouts.entities.js';
import type { SignatureHeaders } from '../rails/wechat-pay-client.js';
import { WechatPayRail } from '../rails/wechat-pay.rail.js';

/** What WeChat Pay says of its own accord. */
@Injectable()
export class WechatPayNotificationService {
  constructor(
    private readonly rail: WechatPayRail,
    private readonly outcomes: PayoutOutcomeService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly contradictions: PayoutContradictionService,
  ) {}

  /**
   * Applies a notification; one that comes again does nothing. Throws `payout.notification-refused` unless WeChat Pay
   * signed it within the last minutes, and `payout.notification-unknown` when there is no such transfer.
   */
  async receive(headers: SignatureHeaders, body: Buffer): Promise<void> {
    const notice = this.rail.readNotification(headers, body);
    if (notice === null) throw refusal('payout.notification-refused', 'WeChat Pay did not sign this just now.');
    const { reference, amount, answer } = notice;
    const { kind } = answer;
    if (kind !== 'paid' && kind !== 'failed' && kind !== 'accepted') return;
    await this.unitOfWork.run(async (tx) => {
      const payout = await tx.findOneBy(PayoutEntity, { reference, rail: this.rail.name, sentAmount: amount });
      if (!payout) throw refusal('payout.notification-unknown', 'There is no transfer of this number and amount.');
      const facts = kind === 'failed' ? { reasonCode: answer.code, reason: answer.reason } : NOTHING;
      const status = { payoutId: payout.id, outcome: kind, at: this.clock.now(), ...facts };
      const [verdict] = await this.outcomes.record(tx, [status]);
      if (verdict?.kind === 'contradicting') await this.contradictions.open(tx, status, 'notification');
    });
  }
}

const NOTHING = { reasonCode: null, reason: null };

function refusal(code: PayoutErrorCode, detail: string) {
  return new DomainError<PayoutErrorCode>(code, detail);
}
