import { createHmac } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import { MessageSender, type Message } from '../message-sender.js';

const TIMEOUT_MS = 10_000;

/**
 * Text messages by a signed HTTP call to a gateway of the operator's. `POST` of `{ id, to, text }`, with the moment in
 * `Yinke-Timestamp` (seconds) and in `Yinke-Signature` the HMAC-SHA256, in hex, of that moment, a dot and the body. Any 2xx means
 * that it was taken; the same `id` may come again and is to be sent once.
 */
export class SmsSender extends MessageSender {
  constructor(
    private readonly url: string,
    private readonly secret: string,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send({ id, to, text }: Message): Promise<void> {
    const body = JSON.stringify({ id, to, text });
    const timestamp = String(Math.floor(this.clock.now().getTime() / 1000));
    const signature = createHmac('sha256', this.secret).update(`${timestamp}.${body}`).digest('hex');
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        'yinke-timestamp': timestamp,
        'yinke-signature': signature,
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the text message gateway answered with HTTP status ${response.status}`);
  }
}
