import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** How the shop reaches Yinke, and which of its requests are judged. */
export interface YinkeOptions<Request = unknown> {
  /** Where Yinke is, such as `https://yinke.example`. */
  url: string;
  /** The storefront's secret key (`sk_…`). It also signs the cookie. */
  key: string;
  /** The storefront's setting of that name; `m` by default. */
  codeParameter?: string;
  /** Name of the cookie; `yinke` by default. */
  cookie?: string;
  /** Whether the cookie is for https alone; by default when the request came by https, as the framework says. */
  secure?: boolean;
  /** Milliseconds that a shopper waits for Yinke, at most; 300 by default. Then they go on at list prices. */
  timeoutMs?: number;
  /** Minutes after which a shopper who is still there is a new visit; 30 by default. */
  freshMinutes?: number;
  /** Paths that open no visit; by default those that end as images, styles, scripts and fonts do. False: none. */
  assets?: RegExp | false;
  /** User agents that open no visit; by default those that call themselves bot, crawler, spider and the like. False: none. */
  bots?: RegExp | false;
  /** Further requests that open no visit. */
  skip?: (request: ShopRequest) => boolean;
  /** What the shop calls this shopper, so that a merchant's own purchase is known. */
  shopperRef?: (request: Request) => string | null | undefined;
  /** Is told what went wrong; the shop goes on. */
  onError?: (error: unknown) => void;
}

/** What is looked at of a request. */
export interface ShopRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  /** It came by https. */
  secure: boolean;
}

/** Who brought the shopper, as the last visit said. */
export interface Judgement {
  /** The visit token, for quotes and orders; null while Yinke has not been reached. */
  visit: string | null;
  /** Whether a merchant counts. */
  attributed: boolean;
  merchant: { code: string; displayName: string } | null;
  /** What to ask the shopper; null: nothing. */
  ask: { question: 'referrer' } | null;
  /** What they said: somebody brought them, nobody, or null: nothing yet. */
  brought: boolean | null;
}

/** The shopper's answer: a WeChat ID, null for nobody; or first whether somebody brought them at all. */
export interface ReferrerAnswer {
  wechatId?: string | null;
  brought?: boolean;
}

/** `req.yinke`. */
export interface Yinke extends Judgement {
  /**
   * Sends the shopper's answer, and renews `req.yinke` and the cookie; call it before the response is sent. When Yinke is
   * away or refuses the answer, everything stays as it was.
   */
  answer(answer: ReferrerAnswer): Promise<Judgement>;
}

/** For `app.use` of Express, Connect and Nest on Express, and for `node:http`. */
export function yinkeMiddleware<Request extends IncomingMessage = IncomingMessage>(
  options: YinkeOptions<Request>,
): (request: Request & { yinke?: Yinke }, response: ServerResponse, next: (error?: unknown) => void) => void;

/** For `register` of Fastify and of Nest on Fastify. `request.yinke` is there from `onRequest` on. */
export function yinkePlugin<Request>(fastify: unknown, options: YinkeOptions<Request>): Promise<void>;
