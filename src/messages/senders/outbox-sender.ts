import { MessageSender } from '../message-sender.js';

/** Nothing leaves the machine: what would have been sent is kept to be read. For trying things out. */
export class OutboxSender extends MessageSender {
  override readonly keeps = true;

  send(): Promise<void> {
    return Promise.resolve();
  }
}
