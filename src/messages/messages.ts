import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { WakeUp } from '../core/wake-up.js';
import { newId, type MerchantId, type MessageId } from '../shared/ids.js';
import type { PageLanguage } from '../shared/page-language.js';
import { SealedText } from '../shared/sealed-text.js';
import { messageWords, type MessageKind } from './message-words.js';
import { MessageSenders } from './message-sender.js';
import type { Channel } from './outgoing-message.entity.js';
import { OutgoingMessageRepository } from './outgoing-message.repository.js';

/** What the keys of messages are derived for. */
export const MESSAGES_PURPOSE = 'yinke messages';

/** What a row's content says once it is opened. */
export interface MessageContent {
  to: string;
  subject: string;
  text: string;
}

/** A message as it is asked for. */
export interface MessageDraft {
  kind: MessageKind;
  channel: Channel;
  /** Address or number; null: there is nobody, and the same work is done all the same. */
  to: string | null;
  /** Whose address that is; null: nobody's who is a merchant, or the first of several. */
  merchantId: MerchantId | null;
  /** Null: in every language. */
  language: PageLanguage | null;
  values: Readonly<Record<string, string>>;
  /** For how long it is worth being sent. */
  minutes: number;
}

/** Messages to people: written with what they tell of, sent by a worker. */
@Injectable()
export class Messages {
  private readonly seal: SealedText;

  constructor(
    private readonly repository: OutgoingMessageRepository,
    private readonly senders: MessageSenders,
    private readonly wakeUp: WakeUp,
    @Inject(Config) config: Config,
  ) {
    this.seal = new SealedText(config.dataKeys, MESSAGES_PURPOSE);
  }

  /** Writes a message in the transaction of what it tells of. Call {@link announce} with its id after the commit. */
  async write(
    tx: EntityManager,
    { kind, channel, to, merchantId, language, values, minutes }: MessageDraft,
  ): Promise<MessageId> {
    const id = newId('message');
    const content: MessageContent = { to: to ?? '', ...messageWords(kind, language, values) };
    const sealed = this.seal.seal(JSON.stringify(content), id);
    const state = to === null ? 'nobody' : 'waiting';
    await this.repository.insert(tx, { id, kind, channel, state, content: sealed, merchantId }, minutes);
    return id;
  }

  /** Tells the workers; a call that is lost loses nothing. */
  announce(ids: readonly MessageId[]): void {
    if (ids.length > 0) this.wakeUp.announce('messages.send', ids);
  }

  /** Whether people can be reached by this channel. */
  reaches(channel: Channel): boolean {
    return this.senders.byChannel[channel] !== null;
  }

  /** What a row says. */
  open({ id, content }: { id: MessageId; content: string }): MessageContent {
    return JSON.parse(this.seal.open(content, id)) as MessageContent;
  }
}
