import { MessageDelivery } from '../../src/messages/message-delivery.js';
import type { TestApp } from './test-app.js';

/** A message as the outbox shows it. */
export interface SentMessage {
  kind: string;
  channel: string;
  to: string;
  subject: string;
  text: string;
}

/** Sends what waits, as a worker would, and returns what the outbox has for one person, the latest first. */
export async function messagesTo({ app, http }: TestApp, to: string): Promise<SentMessage[]> {
  await app.get(MessageDelivery).sweep();
  const { body } = await http.get('/v1/outbox');
  return body.items.filter((message: SentMessage) => message.to === to);
}

/** The code in the latest message to somebody. */
export async function codeTo(testApp: TestApp, to: string): Promise<string> {
  const [latest] = await messagesTo(testApp, to);
  const code = /\d{6}/.exec(latest?.text ?? '')?.[0];
  if (code === undefined) throw new Error(`no code was sent to ${to}`);
  return code;
}
