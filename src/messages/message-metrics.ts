import { Injectable } from '@nestjs/common';
import { StoreGauges } from '../core/store-gauges.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { OutgoingMessageRepository } from './outgoing-message.repository.js';

/** Messages to people that have not been sent. */
@Injectable()
export class MessageMetrics {
  constructor(gauges: StoreGauges, unitOfWork: UnitOfWork, messages: OutgoingMessageRepository) {
    gauges.addNumber({ name: 'yinke_messages_waiting', help: 'E-mails and text messages that wait to be sent.' }, () =>
      messages.countWaiting(unitOfWork.reader),
    );
  }
}
