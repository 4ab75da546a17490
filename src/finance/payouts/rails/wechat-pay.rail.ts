import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../config.js';
import { Clock } from '../../../shared/clock.js';
import { minorToWire } from '../../../shared/money.js';
import { OnlineRail, type Creditor, type Expression, type PaymentOrder, type RailAnswer } from './payout-rail.js';
import { parseObject, wechatPayAccount, WechatPayClient, type SignatureHeaders } from './wechat-pay-client.js';

export const WECHAT_NOTIFICATION_PATH = '/v1/payout-notifications/wechat-pay';

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills';
/** 佣金报酬, and what has to be reported with it. */
const SCENE = '1005';
const REPORT = [
  { info_type: '岗位类型', info_content: '推广员' },
  { info_type: '报酬说明', info_content: '推广佣金' },
];
/** Below 0.30 yuan a name may not be sent; from 2,000 yuan on it must be. */
const LEAST_NAMED = 30n;
const LATER_MS = 600_000;
const SOON_MS = 5_000;

/** Codes with which a transfer is refused for good. All others may pass: the same number is asked about and sent again. */
const REFUSALS: ReadonlySet<unknown> = new Set(['PARAM_ERROR', 'INVALID_REQUEST', 'NO_AUTH']);
const OPEN: ReadonlySet<unknown> = new Set(['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM', 'TRANSFERING', 'CANCELING']);
/** Reasons of failures that lie with the payee, as ISO 20022 says them. */
const REASONS: Readonly<Record<string, string>> = {
  ACCOUNT_FROZEN: 'AC06',
  ACCOUNT_NOT_EXIST: 'AC03',
  NAME_NOT_CORRECT: 'BE01',
  OPENID_INVALID: 'AC01',
  PAYEE_ACCOUNT_ABNORMAL: 'AC06',
  REAL_NAME_CHECK_FAIL: 'BE01',
};

/** What a notification says of one transfer. */
export interface TransferNotice {
  reference: string;
  /** Fen. */
  amount: bigint;
  answer: RailAnswer;
}

/**
 * 商家转账 of WeChat Pay: from the operator's WeChat merchant account to the wallet behind an openid. `out_bill_no` is the
 * payout's reference, for ever. Only what WeChat Pay has signed is believed, and a refusal only after asking again.
 */
@Injectable()
export class WechatPayRail extends OnlineRail {
  readonly name = 'wechat-pay';
  override readonly payee = 'wechat-openid';
  readonly limits: { payouts: number; amount: bigint };
  readonly available: boolean;
  readonly timeoutMs: number;
  private readonly client: WechatPayClient | null;
  private readonly notifyUrl: string | null;

  constructor(@Inject(Config) config: Config, clock: Clock) {
    super();
    const account = wechatPayAccount(config);
    this.available = account !== null;
    this.timeoutMs = config.wechatPayTimeoutMs;
    this.limits = { payouts: 10_000, amount: BigInt(config.wechatPayMaximum) };
    this.client =
      account && new WechatPayClient(account, config.wechatPayUrl, config.wechatPayTimeoutMs, () => clock.now());
    this.notifyUrl = config.publicUrl && new URL(WECHAT_NOTIFICATION_PATH, config.publicUrl).href;
  }

  express({ holder, number }: Creditor, currency: string): Expression {
    if (currency !== 'CNY') return { problem: 'WeChat Pay transfers CNY only' };
    return /^[A-Za-z0-9_-]{1,64}$/.test(number) ? { holderSent: holder } : { problem: 'this is not an openid' };
  }

  async submit(order: PaymentOrder): Promise<RailAnswer> {
    const client = this.used();
    const answer = await this.call(order, 'POST', BILLS, {
      appid: client.account.appId,
      out_bill_no: order.reference,
      transfer_scene_id: SCENE,
      openid: order.number,
      ...(order.amount >= LEAST_NAMED && { user_name: client.encrypt(order.holderSent) }),
      transfer_amount: minorToWire(order.amount),
      transfer_remark: '推广佣金',
      ...(this.notifyUrl !== null && { notify_url: this.notifyUrl }),
      transfer_scene_report_infos: REPORT,
    });
    if (answer.kind !== 'failed' || answer.code !== 'NARR') return answer;
    // Refused, or known under this number with other contents: what is true is what the number itself says.
    const known = await this.status(order);
    return known.kind === 'not-found' ? answer : known;
  }

  status(order: PaymentOrder): Promise<RailAnswer> {
    return this.call(order, 'GET', `${BILLS}/out-bill-no/${order.reference}`);
  }

  /** What a notification says; null when WeChat Pay did not sign it just now, for this account. */
  readNotification(headers: SignatureHeaders, body: Buffer): TransferNotice | null {
    if (this.client?.verify(headers, body) !== true) return null;
    const { resource } = parseObject(body.toString('utf8'));
    let bill: Record<string, unknown>;
    try {
      bill = this.client.decrypt(resource as Record<string, unknown>);
    } catch {
      return null;
    }
    const { out_bill_no: reference, transfer_amount: amount, mch_id: merchantId } = bill;
    if (typeof reference !== 'string' || !Number.isSafeInteger(amount)) return null;
    if (merchantId !== this.client.account.merchantId) return null;
    return { reference, amount: BigInt(amount as number), answer: answerOf(bill) };
  }

  private async call(order: PaymentOrder, method: 'GET' | 'POST', path: string, body?: object): Promise<RailAnswer> {
    try {
      const answer = await this.used().call(method, path, body);
      if (answer.status === 429) return { kind: 'try-later', afterMs: SOON_MS };
      if (!answer.signed) return { kind: 'unknown', reason: `HTTP ${answer.status} that WeChat Pay did not sign` };
      return this.read(order, method, answer.status, answer.body);
    } catch (error) {
      const timedOut = (error as Error).name === 'TimeoutError';
      return { kind: 'unknown', reason: timedOut ? 'WeChat Pay did not answer in time' : 'the connection broke' };
    }
  }

  private read(order: PaymentOrder, method: string, status: number, body: Record<string, unknown>): RailAnswer {
    const { code, message, out_bill_no: reference, transfer_amount: amount } = body;
    if (method === 'GET' && status === 404 && code === 'NOT_FOUND') return { kind: 'not-found' };
    if (method === 'POST' && status < 500 && code === 'NOT_ENOUGH') return { kind: 'try-later', afterMs: LATER_MS };
    if (method === 'POST' && status >= 400 && status < 500 && REFUSALS.has(code))
      return { kind: 'failed', code: 'NARR', reason: sentence(code, message) };
    if (status < 200 || status >= 300) return { kind: 'unknown', reason: sentence(`HTTP ${status}`, code, message) };
    if (reference !== order.reference) return { kind: 'unknown', reason: 'WeChat Pay answered something else' };
    if (method === 'GET' && amount !== minorToWire(order.amount))
      return { kind: 'unknown', reason: 'WeChat Pay speaks of another amount under this number' };
    return answerOf(body);
  }

  private used(): WechatPayClient {
    if (this.client === null) throw new Error('the wechat-pay rail is not configured');
    return this.client;
  }
}

function answerOf({ state, fail_reason: why, package_info: confirmation }: Record<string, unknown>): RailAnswer {
  if (state === 'SUCCESS') return { kind: 'paid' };
  if (state === 'CANCELLED') return { kind: 'failed', code: 'CUST', reason: 'the transfer was cancelled' };
  if (state === 'FAIL') return { kind: 'failed', code: REASONS[String(why)] ?? 'NARR', reason: sentence(why) };
  if (!OPEN.has(state)) return { kind: 'unknown', reason: 'WeChat Pay named a state that is not known' };
  if (state !== 'WAIT_USER_CONFIRM') return { kind: 'accepted' };
  const known = typeof confirmation === 'string' && confirmation.length <= 1024 ? confirmation : null;
  return { kind: 'accepted', confirmation: known };
}

function sentence(...parts: unknown[]): string {
  const text = parts.filter((part) => typeof part === 'string').join(': ');
  return text
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 200)
    .trim();
}
