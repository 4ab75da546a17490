import {
  constants,
  createDecipheriv,
  createSign,
  createVerify,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { ConfigError, type Config } from '../../../core/config.js';

/** How far the clock of a signature may be away (WeChat Pay's own rule). */
const WINDOW_SECONDS = 300n;
const MAX_ANSWER_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/** The operator's account at WeChat Pay. */
export interface WechatPayAccount {
  merchantId: string;
  appId: string;
  serial: string;
  privateKey: KeyObject;
  apiKey: string;
  /** What WeChat Pay signs with: its public key, platform certificates, or both while one takes the other's place. */
  publicKeys: NonNullable<Config['wechatPayPublicKeys']>;
}

/** Null when nothing is set. Throws {@link ConfigError} when only some of it is: a rail must not vanish by a typing mistake. */
export function wechatPayAccount(config: Config): WechatPayAccount | null {
  const given = {
    merchantId: config.wechatPayMerchantId,
    appId: config.wechatPayAppId,
    serial: config.wechatPaySerial,
    privateKey: config.wechatPayPrivateKey,
    apiKey: config.wechatPayApiKey,
    publicKeys: config.wechatPayPublicKeys,
  };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === null ? [name] : []));
  if (missing.length === 0) return given as WechatPayAccount;
  if (missing.length === Object.keys(given).length) return null;
  throw new ConfigError(`The settings YINKE_WECHAT_PAY_… belong together; missing: ${missing.join(', ')}.`);
}

/** The headers that carry a signature of WeChat Pay. */
export interface SignatureHeaders {
  timestamp: string | undefined;
  nonce: string | undefined;
  serial: string | undefined;
  signature: string | undefined;
}

export interface WechatPayAnswer {
  status: number;
  /** Whether WeChat Pay signed it, just now; nothing else may be believed. */
  signed: boolean;
  body: Record<string, unknown>;
}

/** APIv3 of WeChat Pay: signed requests, verified answers, encrypted names and notifications. */
export class WechatPayClient {
  constructor(
    readonly account: WechatPayAccount,
    private readonly baseUrl: string,
    private readonly timeoutMs: number,
    private readonly now: () => Date,
  ) {}

  /** Throws what `fetch` throws when the network fails or the time is over. */
  async call(method: 'GET' | 'POST', path: string, content?: object): Promise<WechatPayAnswer> {
    const { merchantId, serial, privateKey } = this.account;
    const target = new URL(path, this.baseUrl);
    const body = content === undefined ? '' : JSON.stringify(content);
    const nonce = randomBytes(16).toString('hex');
    const timestamp = this.seconds().toString();
    const signed = `${method}\n${target.pathname}${target.search}\n${timestamp}\n${nonce}\n${body}\n`;
    const signature = createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64');
    const response = await fetch(target, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(this.timeoutMs),
      headers: {
        accept: 'application/json',
        'user-agent': 'yinke',
        'wechatpay-serial': this.ownKey.id,
        authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${merchantId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`,
        ...(content && { 'content-type': 'application/json' }),
      },
      ...(content && { body }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (bytes.length > MAX_ANSWER_BYTES) throw new Error('the answer is too long');
    const header = (name: string) => response.headers.get(`wechatpay-${name}`) ?? undefined;
    const headers = {
      timestamp: header('timestamp'),
      nonce: header('nonce'),
      serial: header('serial'),
      signature: header('signature'),
    };
    return { status: response.status, signed: this.verify(headers, bytes), body: parseObject(bytes.toString('utf8')) };
  }

  /** Whether WeChat Pay signed these bytes within the last five minutes, with any of the keys that we know. */
  verify({ timestamp, nonce, serial, signature }: SignatureHeaders, body: Buffer): boolean {
    if (!timestamp || !nonce || !signature || !serial) return false;
    const known = this.account.publicKeys.find(({ id }) => id.toUpperCase() === serial.toUpperCase());
    if (!known) return false;
    if (!/^\d{1,12}$/.test(timestamp)) return false;
    const age = this.seconds() - BigInt(timestamp);
    if (age > WINDOW_SECONDS || age < -WINDOW_SECONDS) return false;
    const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
    return createVerify('RSA-SHA256').update(signed).verify(known.key, signature, 'base64');
  }

  /** A name as only WeChat Pay can read it (RSA-OAEP with SHA-1, as its API asks). */
  encrypt(text: string): string {
    const padding = { key: this.ownKey.key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
    return publicEncrypt(padding, Buffer.from(text, 'utf8')).toString('base64');
  }

  /** The content of a notification (AES-256-GCM under the APIv3 key). Throws when it was encrypted with another. */
  decrypt(resource: Record<string, unknown>): Record<string, unknown> {
    const { algorithm, ciphertext, nonce, associated_data: associated = '' } = resource;
    if (algorithm !== 'AEAD_AES_256_GCM' || !isString(ciphertext) || !isString(nonce) || !isString(associated))
      throw new Error('not a resource as WeChat Pay encrypts it');
    const bytes = Buffer.from(ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(this.account.apiKey), Buffer.from(nonce), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(associated));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return parseObject(decipher.update(bytes.subarray(0, -TAG_BYTES)).toString('utf8') + decipher.final('utf8'));
  }

  /** The first key: names are encrypted for it, and WeChat Pay is asked to sign with it. */
  private get ownKey() {
    return this.account.publicKeys[0];
  }

  private seconds(): bigint {
    return BigInt(this.now().getTime()) / 1000n;
  }
}

/** A JSON object; empty for anything else. */
export function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
