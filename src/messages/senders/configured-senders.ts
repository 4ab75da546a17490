import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../core/clock.js';
import { Config } from '../../core/config.js';
import { MessageSenders, type MessageSender } from '../message-sender.js';
import type { Channel } from '../outgoing-message.entity.js';
import { OutboxSender } from './outbox-sender.js';
import { SmsSender } from './sms-sender.js';
import { SmtpSender } from './smtp-sender.js';

/** The senders that the settings say. In embedded mode the outbox stands in for those that are not set up. */
@Injectable()
export class ConfiguredSenders extends MessageSenders implements OnModuleDestroy {
  readonly byChannel: Readonly<Record<Channel, MessageSender | null>>;

  constructor(@Inject(Config) { smtpUrl, mailFrom, smsUrl, smsSecret, embedded }: Config, clock: Clock) {
    super();
    const standIn = embedded ? new OutboxSender() : null;
    this.byChannel = {
      email: smtpUrl === null ? standIn : new SmtpSender(smtpUrl, mailFrom),
      phone: smsUrl === null || smsSecret === null ? standIn : new SmsSender(smsUrl, smsSecret, clock),
    };
  }

  onModuleDestroy(): void {
    for (const sender of Object.values(this.byChannel)) sender?.close();
  }
}
