import { Inject, Injectable, Logger } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { Clock } from '../../core/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import type { DatabaseErrorCode } from '../errors.js';

const TIMEOUT_MS = 5_000;

/** A ticket is asked for anew this long before it ends, so that none ends on the way. */
const EARLY_MS = 300_000;

/** For how long WeChat is left alone after it did not answer. */
const PAUSE_MS = 10_000;

/** What WeChat says of a code that is wrong, was used, or has ended. */
const CODE_REFUSED = new Set([40029, 40163, 42003]);
/** What it says when it is asked too often, or has no time. */
const BUSY = new Set([-1, 45009, 45011]);

/** Somebody, as the operator's account knows them. */
export interface WechatPerson {
  appId: string;
  openid: string;
}

/** WeChat refused a call. */
class WechatRefusal extends Error {
  constructor(readonly errcode: number) {
    super(`errcode ${errcode}`);
  }
}

interface Ticket {
  value: Promise<string>;
  /** Milliseconds since 1970. */
  until: number;
}

/** The operator's account at WeChat (公众号), for what its pages may do in WeChat. */
@Injectable()
export class WechatAccount {
  private readonly logger = new Logger('Wechat');
  private ticket: Ticket | undefined;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Throws `wechat.not-configured`. */
  appId(): string {
    const { wechatAppId } = this.config;
    if (this.isConfigured && wechatAppId !== null) return wechatAppId;
    throw new DomainError<DatabaseErrorCode>('wechat.not-configured', 'No account at WeChat is configured here.');
  }

  /** Whether people can be sent to WeChat to say who they are. */
  get isConfigured(): boolean {
    const { wechatAppId, wechatAppSecret, publicUrl } = this.config;
    return wechatAppId !== null && wechatAppSecret !== null && publicUrl !== null;
  }

  /**
   * Where WeChat says who somebody is, and sends them on to `page` of this installation with a code and the `state` (网页授权,
   * snsapi_base: nothing is asked). It works in WeChat alone.
   */
  authorizationUrl(page: string, state: string): string {
    const url = new URL('/connect/oauth2/authorize', this.config.wechatAuthorizeUrl);
    // In the order that WeChat's documentation asks for.
    url.search = new URLSearchParams({
      appid: this.appId(),
      redirect_uri: new URL(page, this.config.publicUrl ?? undefined).href,
      response_type: 'code',
      scope: 'snsapi_base',
      state,
    }).toString();
    return `${url.href}#wechat_redirect`;
  }

  /** Whom a code stands for. A code works once. Throws `wechat.code-refused`, `wechat.busy`, `wechat.away`. */
  async personOf(code: string): Promise<WechatPerson> {
    const appId = this.appId();
    const asked = new URLSearchParams({
      appid: appId,
      secret: this.config.wechatAppSecret ?? '',
      code,
      grant_type: 'authorization_code',
    });
    try {
      const path = `/sns/oauth2/access_token?${asked.toString()}`;
      const { openid, is_snapshotuser: isNobody } = await this.call<{ openid?: unknown; is_snapshotuser?: unknown }>(
        path,
      );
      // Whom WeChat shows a snapshot of a page comes as somebody made up (快照页模式虚拟账号).
      if (isNobody === 1) throw codeRefused();
      if (typeof openid !== 'string' || !/^[\w-]{1,128}$/.test(openid)) throw new Error('WeChat named nobody');
      return { appId, openid };
    } catch (error) {
      if (error instanceof DomainError) throw error;
      // Neither the secret nor the code stands in it.
      this.logger.warn(`WeChat did not say who signs in: ${error instanceof Error ? error.message : String(error)}`);
      throw refusalOf(error);
    }
  }

  /** The ticket that signatures for the JS-SDK are made with: from memory while it lasts, fetched once for all who ask. Throws `wechat.away`. */
  async jsTicket(): Promise<string> {
    const now = this.clock.now().getTime();
    if (!this.ticket || this.ticket.until <= now) {
      const ticket: Ticket = { value: this.fetchTicket(() => ticket), until: Infinity };
      this.ticket = ticket;
    }
    try {
      return await this.ticket.value;
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw away();
    }
  }

  private async fetchTicket(own: () => Ticket): Promise<string> {
    try {
      // One token for all processes, which is not ended by asking for it (获取稳定版接口调用凭据).
      const { access_token: token } = await this.call<{ access_token: string }>('/cgi-bin/stable_token', {
        grant_type: 'client_credential',
        appid: this.appId(),
        secret: this.config.wechatAppSecret,
      });
      const path = `/cgi-bin/ticket/getticket?type=jsapi&access_token=${encodeURIComponent(token)}`;
      const { ticket, expires_in: seconds } = await this.call<{ ticket: string; expires_in: number }>(path);
      if (typeof ticket !== 'string' || !(seconds > 0)) throw new Error('WeChat answered without a ticket');
      own().until = this.clock.now().getTime() + Math.max(PAUSE_MS, seconds * 1000 - EARLY_MS);
      return ticket;
    } catch (error) {
      own().until = this.clock.now().getTime() + PAUSE_MS;
      this.logger.warn(`WeChat gave no ticket: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  }

  private async call<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(new URL(path, this.config.wechatApiUrl), {
      ...(body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    const answer = parsed(await response.text()) as Answer & { errcode?: number };
    if (answer.errcode) throw new WechatRefusal(answer.errcode);
    return answer;
  }
}

/** JSON.parse quotes what it cannot read; an answer of WeChat has secrets, and complaints go into the log. */
function parsed(text: string): object {
  let answer: unknown = null;
  try {
    answer = JSON.parse(text);
  } catch {
    // As JSON that is no object.
  }
  if (typeof answer !== 'object' || answer === null) throw new Error('the answer is no JSON object');
  return answer;
}

function codeRefused(): DomainError<DatabaseErrorCode> {
  return new DomainError('wechat.code-refused', 'The code of WeChat is wrong, was used, or has ended.');
}

function away(): DomainError<DatabaseErrorCode> {
  return new DomainError('wechat.away', 'WeChat does not answer as it should.');
}

function refusalOf(error: unknown): DomainError<DatabaseErrorCode> {
  const errcode = error instanceof WechatRefusal ? error.errcode : 0;
  if (CODE_REFUSED.has(errcode)) return codeRefused();
  return BUSY.has(errcode) ? new DomainError('wechat.busy', 'WeChat asks to wait a moment.') : away();
}
