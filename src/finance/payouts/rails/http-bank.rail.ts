import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../core/config.js';
import { minorToWire } from '../../../shared/money.js';
import {
  OnlineRail,
  type Creditor,
  type Expression,
  type PaymentOrder,
  type QueryAnswer,
  type SendAnswer,
} from './payout-rail.js';

/** Answers longer than this are not ours. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_RETRY_MS = 3_600_000;

/**
 * A bank with a small HTTP API: `POST /payments` pays a reference once, `GET /payments/{reference}` says what became of
 * it. Whatever is not a clear answer about this reference and amount is `unknown`: no cent is given back on a guess.
 */
@Injectable()
export class HttpBankRail extends OnlineRail {
  readonly name = 'http-bank';
  override readonly settings = ['YINKE_HTTP_BANK_URL'];
  readonly limits = { payouts: 10_000, amount: 99_999_999_999n };
  readonly available: boolean;
  readonly timeoutMs: number;
  private readonly baseUrl: string;

  constructor(@Inject(Config) config: Config) {
    super();
    this.available = config.httpBankUrl !== null;
    this.baseUrl = (config.httpBankUrl ?? '').replace(/\/$/, '');
    this.timeoutMs = config.httpBankTimeoutMs;
  }

  express(creditor: Creditor): Expression {
    return { holderSent: creditor.holder };
  }

  async submit(order: PaymentOrder): Promise<SendAnswer> {
    const { reference, currency, number, bankName, bic, country } = order;
    const body = {
      reference,
      amount: minorToWire(order.amount),
      currency,
      creditor: { name: order.holderSent, account: number, bankName, bic, country },
    };
    const answer = await this.call(order, 'payments', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': reference },
      body: JSON.stringify(body),
    });
    if (answer.kind === 'failed') return { ...answer, kind: 'refused' };
    return answer.kind === 'not-found' ? { kind: 'unknown', reason: 'the bank answered something else' } : answer;
  }

  status(order: PaymentOrder): Promise<QueryAnswer> {
    return this.call(order, `payments/${order.reference}`, { method: 'GET' });
  }

  private async call(order: PaymentOrder, path: string, request: RequestInit): Promise<QueryAnswer> {
    try {
      const response = await fetch(`${this.baseUrl}/${path}`, {
        ...request,
        redirect: 'error',
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      if (response.status === 429) return { kind: 'try-later', afterMs: retryAfterMs(response) };
      const text = await readText(response);
      return readAnswer(order, request.method === 'GET', response.status, text);
    } catch (error) {
      const timedOut = (error as Error).name === 'TimeoutError';
      return { kind: 'unknown', reason: timedOut ? 'the bank did not answer in time' : 'the connection broke' };
    }
  }
}

/** What an answer of the bank means; exported for its test. */
export function readAnswer(order: PaymentOrder, asked: boolean, status: number, text: string): QueryAnswer {
  const body = parse(text);
  if (asked && status === 404 && body?.code === 'payment.not-found') return { kind: 'not-found' };
  if (status >= 400 && status < 500 && !asked && isReason(body?.code) && body.reference === order.reference)
    return { kind: 'failed', code: body.code, reason: sentence(body.message) };
  if (status < 200 || status >= 300) return { kind: 'unknown', reason: `the bank answered with HTTP status ${status}` };
  if (body?.reference !== order.reference) return { kind: 'unknown', reason: 'the bank answered something else' };
  if (body.amount !== minorToWire(order.amount) || body.currency !== order.currency)
    return { kind: 'unknown', reason: 'the bank speaks of another amount under this reference' };
  if (body.status === 'accepted') return { kind: 'accepted' };
  if (body.status === 'settled') return { kind: 'paid' };
  if (body.status === 'rejected' && isReason(body.code))
    return { kind: 'failed', code: body.code, reason: sentence(body.message) };
  return { kind: 'unknown', reason: 'the bank answered something else' };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isReason(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z0-9]{4}$/.test(code);
}

function sentence(message: unknown): string {
  return typeof message === 'string'
    ? message
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, 200)
        .trim()
    : '';
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > MAX_ANSWER_BYTES) throw new Error('the answer is too long');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function retryAfterMs(response: Response): number {
  const header = response.headers.get('retry-after') ?? '';
  const seconds = /^\d{1,6}$/.test(header) ? Number(header) : 1;
  return Math.min(seconds * 1000, MAX_RETRY_MS);
}
