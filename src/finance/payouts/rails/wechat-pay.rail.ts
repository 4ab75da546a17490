import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../core/config.js';
import { Logger } from '../../../core/logger.js';
import { Clock } from '../../../core/clock.js';
import { minorToWire } from '../../../shared/money.js';
import {
  OnlineRail,
  type CancelAnswer,
  type ConfirmationRequest,
  type Creditor,
  type Expression,
  type PayeeWords,
  type PaymentOrder,
  type QueryAnswer,
  type SendAnswer,
  type ToldPayout,
} from './payout-rail.js';
import {
  parseObject,
  wechatPayAccount,
  WechatPayClient,
  type SignatureHeaders,
  type WechatPayAnswer,
} from './wechat-pay-client.js';
import { CANCELLED, NOT_CONFIRMED, wechatPayWords } from './wechat-pay-words.js';

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

/** Below this nothing is transferred. */
const LEAST = 10n;
/** RSA-OAEP with SHA-1 under a key of 2,048 bits takes this much. */
const NAME_BYTES = 214;

/**
 * Faults of the operator's account or set-up: they would meet every transfer alike. `INVALID_REQUEST` says so too (address
 * not allowed, product not opened, daily limit of the account), or that the number is known with other contents: the query
 * that follows tells the two apart. Source: the error codes of 发起转账.
 */
const OPERATOR_FAULTS: ReadonlySet<unknown> = new Set([
  'SIGN_ERROR',
  'NO_AUTH',
  'INVALID_REQUEST',
  'RULE_LIMIT',
  'ACCOUNT_ERROR',
  'ACCOUNTERROR',
  'APPID_MCHID_NOT_MATCH',
  'MCH_NOT_EXISTS',
  'QUOTA_EXCEED',
]);
const OPEN: ReadonlySet<unknown> = new Set(['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM', 'TRANSFERING', 'CANCELING']);
/** Not begun yet: when it stays like that, WeChat Pay wants the same number again. */
const AGAIN: ReadonlySet<unknown> = new Set(['ACCEPTED', 'PROCESSING']);
/** Reasons of failures that lie with the payee, as ISO 20022 says them; of BANK_CARD_… all do. */
const REASONS: Readonly<Record<string, string>> = {
  ACCOUNT_FROZEN: 'AC06',
  ACCOUNT_NOT_EXIST: 'AC03',
  ID_CARD_NOT_CORRECT: 'BE01',
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
  answer: QueryAnswer;
}

/**
 * 商家转账 of WeChat Pay: from the operator's WeChat merchant account to the wallet behind an openid. `out_bill_no` is the
 * payout's reference, for ever. Only what WeChat Pay has signed is believed.
 */
@Injectable()
export class WechatPayRail extends OnlineRail {
  readonly name = 'wechat-pay';
  override readonly settings = [
    'YINKE_WECHAT_PAY_MERCHANT_ID',
    'YINKE_WECHAT_PAY_APP_ID',
    'YINKE_WECHAT_PAY_SERIAL',
    'YINKE_WECHAT_PAY_PRIVATE_KEY',
    'YINKE_WECHAT_PAY_API_KEY',
    'YINKE_WECHAT_PAY_PUBLIC_KEYS',
  ];
  override readonly payee = 'wechat-openid';
  readonly limits: { payouts: number; amount: bigint; least: bigint };
  readonly available: boolean;
  readonly timeoutMs: number;
  private readonly client: WechatPayClient | null;
  private readonly notifyUrl: string | null;

  constructor(@Inject(Config) config: Config, clock: Clock, logger: Logger) {
    super();
    const account = wechatPayAccount(config);
    this.available = account !== null;
    this.timeoutMs = config.wechatPayTimeoutMs;
    this.limits = { payouts: 10_000, amount: BigInt(config.wechatPayMaximum), least: LEAST };
    this.client =
      account && new WechatPayClient(account, config.wechatPayUrl, config.wechatPayTimeoutMs, () => clock.now());
    const url = config.publicUrl === null ? null : new URL(WECHAT_NOTIFICATION_PATH, config.publicUrl);
    // WeChat Pay refuses any other address, and with it the transfer.
    this.notifyUrl = url?.protocol === 'https:' ? url.href : null;
    if (this.available && this.notifyUrl === null)
      logger.warn('WeChat Pay sends no notifications: YINKE_PUBLIC_URL is not https; outcomes are asked for', {});
  }

  express({ holder, number }: Creditor, currency: string): Expression {
    if (currency !== 'CNY') return { problem: 'WeChat Pay transfers CNY only' };
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(number)) return { problem: 'this is not an openid' };
    if (!/\p{L}/u.test(holder) || Buffer.byteLength(holder) > NAME_BYTES)
      return { problem: 'WeChat Pay cannot compare this name' };
    return { holderSent: holder };
  }

  async submit(order: PaymentOrder): Promise<SendAnswer> {
    const client = this.used();
    return this.call(order, BILLS, {
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
  }

  async status(order: PaymentOrder): Promise<QueryAnswer> {
    const answer = await this.called('GET', `${BILLS}/out-bill-no/${order.reference}`);
    if ('kind' in answer) return answer;
    const { status, body } = answer;
    if (status === 404 && body.code === 'NOT_FOUND') return { kind: 'not-found' };
    if (status < 200 || status >= 300) return notOk(status, body);
    if (body.out_bill_no !== order.reference) return { kind: 'unknown', reason: 'WeChat Pay answered something else' };
    if (body.transfer_amount !== minorToWire(order.amount))
      return { kind: 'unknown', reason: 'WeChat Pay speaks of another amount under this number' };
    return answerOf(body);
  }

  /**
   * 撤销转账. `INVALID_REQUEST` is WeChat Pay's refusal (already final, or the payee has agreed); every other answer but a
   * signed yes leaves open whether it heard the wish.
   */
  override async cancel(reference: string): Promise<CancelAnswer> {
    const answer = await this.called('POST', `${BILLS}/out-bill-no/${reference}/cancel`);
    if ('kind' in answer)
      return { kind: 'unknown', reason: answer.kind === 'try-later' ? 'too many calls' : answer.reason };
    const { status, body } = answer;
    if (status >= 200 && status < 300 && body.out_bill_no === reference) return { kind: 'asked' };
    const refused = status >= 400 && status < 500 && body.code === 'INVALID_REQUEST';
    return { kind: refused ? 'too-late' : 'unknown', reason: sentence(`HTTP ${status}`, body.code, body.message) };
  }

  override payeeWords(payout: ToldPayout): PayeeWords | null {
    return wechatPayWords(payout);
  }

  /** What the payee's WeChat needs to show a transfer for agreement (`wx.requestMerchantTransfer`). */
  override confirmationRequest(packageInfo: string): ConfirmationRequest | null {
    if (this.client === null) return null;
    const { merchantId: mchId, appId } = this.client.account;
    return { packageInfo, mchId, appId };
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

  private async call(order: PaymentOrder, path: string, content: object): Promise<SendAnswer> {
    const answer = await this.called('POST', path, content);
    if ('kind' in answer) return answer;
    const { status, body } = answer;
    if (status >= 400 && status < 500 && body.code === 'PARAM_ERROR')
      return { kind: 'refused', code: 'NARR', reason: sentence(body.code, body.message) };
    if (status < 200 || status >= 300) return notOk(status, body);
    if (body.out_bill_no !== order.reference) return { kind: 'unknown', reason: 'WeChat Pay answered something else' };
    // The answer to an order names no amount, so that it proves no end: the query does.
    const said = answerOf(body);
    return said.kind === 'accepted'
      ? said
      : { kind: 'unknown', reason: sentence(`the order was answered`, body.state) };
  }

  /** A signed answer, or what it means that there is none. */
  private async called(method: 'GET' | 'POST', path: string, content?: object): Promise<Signed | Unanswered> {
    try {
      const answer = await this.used().call(method, path, content);
      if (answer.status === 429) return { kind: 'try-later', afterMs: SOON_MS };
      // Whose own signature is not accepted may get no signed answer either.
      if (!answer.signed && answer.status === 401) return blocked(answer.body);
      if (!answer.signed) return { kind: 'unknown', reason: `HTTP ${answer.status} that WeChat Pay did not sign` };
      return answer;
    } catch (error) {
      const timedOut = (error as Error).name === 'TimeoutError';
      return { kind: 'unknown', reason: timedOut ? 'WeChat Pay did not answer in time' : 'the connection broke' };
    }
  }

  private used(): WechatPayClient {
    if (this.client === null) throw new Error('the wechat-pay rail is not configured');
    return this.client;
  }
}

type Signed = Pick<WechatPayAnswer, 'status' | 'body'>;
type Unanswered = Extract<SendAnswer, { kind: 'try-later' | 'unknown' | 'blocked' }>;

/** What a signed answer that is no success means; a code that is not known proves nothing. */
function notOk(status: number, body: Record<string, unknown>): Unanswered {
  const { code, message } = body;
  if (status >= 400 && status < 500 && code === 'NOT_ENOUGH')
    return { kind: 'blocked', cause: 'top-up', reason: sentence(code, message), afterMs: LATER_MS };
  if (status >= 400 && status < 500 && OPERATOR_FAULTS.has(code)) return blocked(body);
  return { kind: 'unknown', reason: sentence(`HTTP ${status}`, code, message) };
}

function blocked({ code, message }: Record<string, unknown>): Unanswered {
  return { kind: 'blocked', cause: 'operator', reason: sentence(code, message) || 'HTTP 401', afterMs: LATER_MS };
}

function answerOf({
  state,
  fail_reason: why,
  package_info: confirmation,
}: Record<string, unknown>): Exclude<QueryAnswer, { kind: 'not-found' }> {
  if (state === 'SUCCESS') return { kind: 'paid' };
  if (state === 'CANCELLED') return { kind: 'failed', code: CANCELLED, reason: 'the transfer was cancelled' };
  // The payee did not agree in time: nothing is wrong with them, and the next batch asks again.
  if (state === 'FAIL' && why === 'OVERDUE_CLOSE')
    return { kind: 'failed', code: NOT_CONFIRMED, reason: 'OVERDUE_CLOSE: the payee did not confirm in time' };
  if (state === 'FAIL') return { kind: 'failed', code: reasonOf(String(why)), reason: sentence(why) };
  if (!OPEN.has(state)) return { kind: 'unknown', reason: 'WeChat Pay named a state that is not known' };
  if (AGAIN.has(state)) return { kind: 'accepted', again: true };
  if (state !== 'WAIT_USER_CONFIRM') return { kind: 'accepted' };
  const known = typeof confirmation === 'string' && confirmation.length <= 1024 ? confirmation : null;
  return { kind: 'accepted', confirmation: known };
}

function reasonOf(why: string): string {
  return REASONS[why] ?? (why.startsWith('BANK_CARD_') ? 'AC01' : 'NARR');
}

function sentence(...parts: unknown[]): string {
  const text = parts.filter((part) => typeof part === 'string').join(': ');
  return text
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 200)
    .trim();
}
