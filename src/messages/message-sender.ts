import type { Channel } from './outgoing-message.entity.js';

/** A message on its way. */
export interface Message {
  /** msg_…: the same however often it is tried. */
  id: string;
  /** E-mail address or telephone number. */
  to: string;
  subject: string;
  text: string;
}

/** The way to people over one channel. */
export abstract class MessageSender {
  /** Whether what was sent is kept to be read: true where nothing leaves the machine. */
  readonly keeps: boolean = false;

  /** Hands a message over. Throws when it was not, or perhaps not, taken: it is tried again, with the same id. */
  abstract send(message: Message): Promise<void>;

  /** Lets connections go. */
  close(): void {}
}

/** The sender of each channel; null: people cannot be reached by it. */
export abstract class MessageSenders {
  abstract readonly byChannel: Readonly<Record<Channel, MessageSender | null>>;
}
