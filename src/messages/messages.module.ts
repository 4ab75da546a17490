import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessageDelivery } from './message-delivery.js';
import { MessageMetrics } from './message-metrics.js';
import { MessageSenders } from './message-sender.js';
import { messageEntities } from './messages.entities.js';
import { Messages } from './messages.js';
import { Outbox } from './outbox.js';
import { OutgoingMessageRepository } from './outgoing-message.repository.js';
import { ConfiguredSenders } from './senders/configured-senders.js';

/** E-mails and text messages to people. */
@Module({
  imports: [TypeOrmModule.forFeature(messageEntities)],
  providers: [
    MessageDelivery,
    MessageMetrics,
    Messages,
    Outbox,
    OutgoingMessageRepository,
    { provide: MessageSenders, useClass: ConfiguredSenders },
  ],
  exports: [MessageDelivery, Messages, Outbox],
})
export class MessagesModule {}
