import { createPrivateKey, createPublicKey } from 'node:crypto';
import { databaseUrl, oneDatabaseUrl } from './database-tls.js';
import {
  claim,
  email,
  flag,
  integer,
  issuer,
  keys,
  matching,
  namedKeys,
  oneOf,
  optional,
  password,
  pem,
  secret,
  storeUrl,
  timeZone,
  url,
} from './setting-parsers.js';

interface Setting<T> {
  name: string;
  /** Text as it would stand in the environment; absent: the setting must be given. */
  fallback?: string;
  /** One sentence with the unit, as printed in .env.example. */
  about: string;
  parse: (text: string) => T;
}

/** A setting that cannot be used; the message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function define<T>(name: string, fallback: string | undefined, about: string, parse: (text: string) => T): Setting<T> {
  return fallback === undefined ? { name, about, parse } : { name, fallback, about, parse };
}

/** Every setting that Yinke has. `.env.example` is compared with this table by a test. */
export const settings = {
  databaseUrl: define(
    'DATABASE_URL',
    undefined,
    'MariaDB (10.11 or later) or MySQL (8.0 or later): mysql://user:password@host:port/database; of a cluster host:port,host:port: the first that takes writes is used; of one host with ?tls=on by TLS alone, with ?tls=/path/ca.pem where an authority of your own signed its certificate.',
    databaseUrl,
  ),
  databaseMigrationUrl: define(
    'DATABASE_MIGRATION_URL',
    '',
    'The same database with the user that may change tables and grant rights, for migrations and restores; empty: DATABASE_URL.',
    optional(databaseUrl),
  ),
  databaseAuditUrl: define(
    'DATABASE_AUDIT_URL',
    '',
    'The same database with a user that may only read, for audits and backups; empty: DATABASE_URL.',
    optional(databaseUrl),
  ),
  databasePoolSize: define('DATABASE_POOL_SIZE', '20', 'Database connections of each process.', integer(2, 500)),
  databaseReadingPoolSize: define(
    'DATABASE_READING_POOL_SIZE',
    '6',
    'Further database connections of each process, for exports, figures and audits; opened when they are first needed.',
    integer(5, 500),
  ),
  databaseReadingUrl: define(
    'DATABASE_READING_URL',
    '',
    'A replica on MariaDB (with GTIDs, or another server of the same Galera cluster) that exports, audits and sums over a period are read from; empty: DATABASE_URL.',
    optional(oneDatabaseUrl),
  ),
  databaseReadingWaitMs: define(
    'DATABASE_READING_WAIT_MS',
    '1000',
    'Milliseconds for which such a read waits for the replica to have all that was written before; then DATABASE_URL is read.',
    integer(0, 60_000),
  ),
  databaseStatementSeconds: define(
    'DATABASE_STATEMENT_SECONDS',
    '30',
    'Seconds after which a statement that the database does not answer is given up; exports, figures and audits take as long as they take.',
    integer(1, 3600),
  ),
  databaseWaitSeconds: define(
    'DATABASE_WAIT_SECONDS',
    '5',
    'Seconds for which a call waits for a free database connection before it is answered 503.',
    integer(1, 600),
  ),
  redisUrl: define(
    'REDIS_URL',
    undefined,
    'Redis 6.2 or later for the queue: redis://[user:password@]host:port[/db]; of a Redis Cluster host:port,host:port of some of its nodes.',
    storeUrl('redis:', 'rediss:'),
  ),
  queuePrefix: define(
    'YINKE_QUEUE_PREFIX',
    '{yinke}',
    'Prefix of the queue keys in Redis; the braces keep them in one slot of a cluster.',
    (text) => text,
  ),
  host: define('HOST', '127.0.0.1', 'Address that the API and the worker’s port listen on.', (text) => text),
  port: define('PORT', '3000', 'TCP port that the API listens on; 0 takes a free one.', integer(0, 65_535)),
  stopGraceSeconds: define(
    'YINKE_STOP_GRACE_SECONDS',
    '5',
    'Seconds that an API process serves on after SIGTERM while /readyz says 503, so that a balancer sends its calls elsewhere.',
    integer(0, 300),
  ),
  publicUrl: define(
    'YINKE_PUBLIC_URL',
    '',
    'URL at which people reach Yinke, when a proxy stands before it; with https, cookies are marked Secure and have the prefix __Host-.',
    optional(url('http:', 'https:')),
  ),
  trustedProxies: define(
    'YINKE_TRUSTED_PROXIES',
    '',
    'Addresses or CIDR ranges of the proxies before the API, comma-separated: their X-Forwarded-For is believed.',
    optional((text) => text),
  ),
  metricsToken: define(
    'YINKE_METRICS_TOKEN',
    '',
    'Bearer token that opens /metrics of the API, 16 characters or more; empty: only calls from the machine itself, past no proxy, are answered.',
    optional(matching(/^[\x21-\x7e]{16,}$/, '16 characters or more')),
  ),
  metricsCacheSeconds: define(
    'YINKE_METRICS_CACHE_SECONDS',
    '5',
    'Seconds for which /metrics shows again what it has read from database and Redis.',
    integer(0, 300),
  ),
  otlpUrl: define(
    'YINKE_OTLP_URL',
    '',
    'Where an OpenTelemetry collector takes traces over HTTP, e.g. http://127.0.0.1:4318/v1/traces; empty: no traces.',
    optional(url('http:', 'https:')),
  ),
  browserCallsPerMinute: define(
    'YINKE_BROWSER_CALLS_PER_MINUTE',
    '600',
    'Calls that one address may make without a secret key in a minute, by each API process; 0: any number.',
    integer(0, 1_000_000),
  ),
  keyCallsPerMinute: define(
    'YINKE_KEY_CALLS_PER_MINUTE',
    '60000',
    'Calls that one secret key may make in a minute, at each API process; 0: any number.',
    integer(0, 10_000_000),
  ),
  embedded: define(
    'YINKE_EMBEDDED',
    '0',
    '1 when the private MariaDB and Redis of a checkout are in use: adds sample bank accounts of the operator.',
    flag,
  ),
  tokenKeys: define(
    'YINKE_TOKEN_KEYS',
    undefined,
    'Keys that sign visit, quote and application tokens: id:base64 of 32 bytes, comma-separated, the newest first.',
    keys,
  ),
  dataKeys: define(
    'YINKE_DATA_KEYS',
    undefined,
    'Keys that encrypt account numbers, bank files, contacts and messages (AES-256-GCM): id:base64 of 32 bytes, comma-separated, the newest first. Keep old ones until `npm run keys:rotate` says that nothing needs them.',
    keys,
  ),
  blindIndexKey: define(
    'YINKE_BLIND_INDEX_KEY',
    undefined,
    'Key of the hashes that find equal account numbers, telephones and e-mail addresses: base64 of 32 bytes. Never change it.',
    secret,
  ),
  sealKey: define(
    'YINKE_SEAL_KEY',
    undefined,
    'Key that seals the chain of journals: base64 of 32 bytes. Never change it, and keep it away from the database.',
    secret,
  ),
  backupKey: define(
    'YINKE_BACKUP_KEY',
    '',
    'Key that backups are encrypted with: base64 of 32 bytes. Keep it where the backups are not; without it they are worth nothing.',
    optional(secret),
  ),
  backupFolder: define('YINKE_BACKUP_FOLDER', 'backups', 'Folder that backups are written to.', (text) => text),
  sealAfterSeconds: define(
    'YINKE_SEAL_AFTER_SECONDS',
    '60',
    'Seconds after which a journal is sealed; every transaction that posts must have ended by then.',
    integer(1, 3_600),
  ),
  adminEmail: define(
    'YINKE_ADMIN_EMAIL',
    '',
    'E-mail address of the admin that is made at the first boot on an empty database.',
    optional(email),
  ),
  adminPassword: define(
    'YINKE_ADMIN_PASSWORD',
    '',
    'Password of that admin, 12 characters or more and not easy to guess; change it after the first sign-in.',
    optional(password),
  ),
  logLevel: define(
    'YINKE_LOG_LEVEL',
    'info',
    'Least severe log lines to write: debug, info, warn, error or silent.',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
  ),
  sessionHours: define('YINKE_SESSION_HOURS', '12', 'Hours until a staff session ends.', integer(1, 720)),
  staffIdleMinutes: define(
    'YINKE_STAFF_IDLE_MINUTES',
    '60',
    'Minutes without use after which a staff session ends before that.',
    integer(5, 43_200),
  ),
  staffConsent: define(
    'YINKE_STAFF_CONSENT',
    'after-set-up',
    'Roles that move money need a second admin: after-set-up, once there has been one; always, from the first day, when npm run staff:admin makes the second.',
    oneOf('after-set-up', 'always'),
  ),
  staffConsentHours: define(
    'YINKE_STAFF_CONSENT_HOURS',
    '72',
    'Hours for which a change of staff waits for the consent of a second admin.',
    integer(1, 720),
  ),
  staffInvitationHours: define(
    'YINKE_STAFF_INVITATION_HOURS',
    '48',
    'Hours for which the link works by which a member of staff chooses a password.',
    integer(1, 720),
  ),
  staffSecondFactor: define(
    'YINKE_STAFF_SECOND_FACTOR',
    'optional',
    'optional, or required: staff without a second factor may do nothing but set one.',
    oneOf('optional', 'required'),
  ),
  oidcIssuer: define(
    'YINKE_OIDC_ISSUER',
    '',
    'Issuer of the operator’s own sign-in (OpenID Connect) for staff, https; with client id, secret and YINKE_PUBLIC_URL it is offered.',
    optional(issuer),
  ),
  oidcClientId: define(
    'YINKE_OIDC_CLIENT_ID',
    '',
    'Client id of Yinke there.',
    optional((text) => text),
  ),
  oidcClientSecret: define(
    'YINKE_OIDC_CLIENT_SECRET',
    '',
    'Client secret of Yinke there.',
    optional((text) => text),
  ),
  oidcClaim: define(
    'YINKE_OIDC_CLAIM',
    '',
    'Claim that a person must hold there, name=value, such as groups=yinke; empty: an active account here is enough.',
    optional(claim),
  ),
  merchantSessionDays: define(
    'YINKE_MERCHANT_SESSION_DAYS',
    '30',
    'Days until a session of a merchant ends.',
    integer(1, 365),
  ),
  keyOverlapHours: define(
    'YINKE_KEY_OVERLAP_HOURS',
    '24',
    'Hours for which a rotated storefront key still works.',
    integer(0, 720),
  ),
  bodyLimitBytes: define(
    'YINKE_BODY_LIMIT_BYTES',
    '4194304',
    'Largest request body in bytes; the NDJSON bulk import and bank reports are not bound by it.',
    integer(65_536, 67_108_864),
  ),
  requestSeconds: define(
    'YINKE_REQUEST_SECONDS',
    '30',
    'Seconds in which a request has to arrive; of a bulk import and a bank report, in which something more of it has to come.',
    integer(1, 3600),
  ),
  bankReportLimitBytes: define(
    'YINKE_BANK_REPORT_LIMIT_BYTES',
    '67108864',
    'Largest bank report in bytes; it is kept in the folder for temporary files (TMPDIR) while it is read.',
    integer(65_536, 1_073_741_824),
  ),
  directoryRefreshMs: define(
    'YINKE_DIRECTORY_REFRESH_MS',
    '500',
    'Milliseconds between two looks for changed merchants, rules and keys.',
    integer(50, 1000),
  ),
  visitDays: define(
    'YINKE_VISIT_DAYS',
    '400',
    'Days after which visits are deleted, never before they attribute no more; empty: never.',
    optional(integer(30, 36_500)),
  ),
  messageDays: define(
    'YINKE_MESSAGE_DAYS',
    '7',
    'Days after which e-mails and text messages that were sent or given up are deleted; what they said goes when they are sent.',
    integer(1, 3_650),
  ),
  rejectedApplicationDays: define(
    'YINKE_REJECTED_APPLICATION_DAYS',
    '180',
    'Days after which what is personal is taken out of applications that were rejected; empty: never.',
    optional(integer(1, 36_500)),
  ),
  closedMerchantDays: define(
    'YINKE_CLOSED_MERCHANT_DAYS',
    '',
    'Days after which what is personal of a closed merchant is taken out, if nothing is open; empty: only when somebody asks.',
    optional(integer(1, 36_500)),
  ),
  quoteMinutes: define('YINKE_QUOTE_MINUTES', '60', 'Minutes for which a quote holds.', integer(1, 10_080)),
  rewardOwnPurchases: define(
    'YINKE_REWARD_OWN_PURCHASES',
    '0',
    '1 rewards merchants for what they buy themselves.',
    flag,
  ),
  pointsLifetimeDays: define(
    'YINKE_POINTS_LIFETIME_DAYS',
    '',
    'Days after which points expire, counted from when they became available; empty: never. Points keep the day that they were given.',
    optional(integer(1, 36_500)),
  ),
  pointsAcrossStorefronts: define(
    'YINKE_POINTS_ACROSS_STOREFRONTS',
    '0',
    '1 lets points that were earned at one storefront be redeemed at another; points that no order earned are redeemed anywhere.',
    flag,
  ),
  couponReservationMinutes: define(
    'YINKE_COUPON_RESERVATION_MINUTES',
    '120',
    'Minutes for which a coupon stays reserved for an order that does not redeem it.',
    integer(1, 43_200),
  ),
  workerConcurrency: define(
    'YINKE_WORKER_CONCURRENCY',
    '2',
    'Batches of order events that one worker process posts at once; sweeps run beside them.',
    integer(1, 64),
  ),
  postBatchSize: define(
    'YINKE_POST_BATCH_SIZE',
    '200',
    'Order events posted in one transaction, at most.',
    integer(1, 2000),
  ),
  clockSkewSeconds: define(
    'YINKE_CLOCK_SKEW_SECONDS',
    '300',
    "Seconds by which a storefront's clock may differ from ours in the moments that it tells.",
    integer(0, 86_400),
  ),
  sweepSeconds: define(
    'YINKE_SWEEP_SECONDS',
    '5',
    'Seconds between two sweeps for unposted events, matured rewards and open payouts.',
    integer(1, 3600),
  ),
  auditSeconds: define(
    'YINKE_AUDIT_SECONDS',
    '3600',
    'Seconds between two scheduled audits of a worker; their result is in the metrics.',
    integer(1, 86_400),
  ),
  operatorName: define(
    'YINKE_OPERATOR_NAME',
    '',
    'Who runs Yinke, as merchants are told whom they allow to process their data, e.g. the company’s full name.',
    (text) => text,
  ),
  accountingTimeZone: define(
    'YINKE_ACCOUNTING_TIME_ZONE',
    'Asia/Shanghai',
    'IANA time zone whose calendar months are those of merchants’ statements, where a request names no other.',
    timeZone,
  ),
  workerPort: define(
    'YINKE_WORKER_PORT',
    '3001',
    'TCP port on HOST where a worker shows /healthz and /metrics; 0 takes a free one, empty none.',
    optional(integer(0, 65_535)),
  ),
  smtpUrl: define(
    'YINKE_SMTP_URL',
    '',
    'Mail server that codes and notices to merchants are sent by: smtp://user:password@host:587, or smtps://; empty: no e-mail.',
    optional(url('smtp:', 'smtps:')),
  ),
  mailFrom: define(
    'YINKE_MAIL_FROM',
    'Yinke <yinke@localhost>',
    'Sender of e-mails: an address, or a name with it.',
    matching(/^[^\r\n]*@[^\s]+$/, 'an e-mail address, or a name with one: Name <name@example.com>'),
  ),
  smsUrl: define(
    'YINKE_SMS_URL',
    '',
    'Gateway for text messages, called as docs/sign-in.md says; empty: no text messages.',
    optional(url('https:', 'http:')),
  ),
  smsSecret: define(
    'YINKE_SMS_SECRET',
    '',
    'Secret that calls of that gateway are signed with, 16 characters or more.',
    optional(matching(/^[\x21-\x7e]{16,}$/, '16 characters or more')),
  ),
  payoutMinimum: define(
    'YINKE_PAYOUT_MINIMUM',
    '1',
    'Least amount of a payout in minor units, where a batch does not say otherwise.',
    integer(1, 1_000_000_000),
  ),
  payoutWaitDays: define(
    'YINKE_PAYOUT_WAIT_DAYS',
    '35',
    'Days after which a merchant who could be paid and was not is listed and an ALERT; longer than a period of your payouts.',
    integer(1, 3_650),
  ),
  payoutFileDays: define(
    'YINKE_PAYOUT_FILE_DAYS',
    '400',
    'Days after which the bank files of a batch are deleted, counted from when nothing of it was open any more; their hashes, names and sizes stay.',
    integer(1, 36_500),
  ),
  payoutTimeZone: define(
    'YINKE_PAYOUT_TIME_ZONE',
    'Asia/Shanghai',
    'IANA time zone whose calendar day is the execution date in bank files.',
    timeZone,
  ),
  httpBankUrl: define(
    'YINKE_HTTP_BANK_URL',
    '',
    'Base URL of the http-bank rail; empty turns the rail off.',
    optional(url('http:', 'https:')),
  ),
  httpBankTimeoutMs: define(
    'YINKE_HTTP_BANK_TIMEOUT_MS',
    '10000',
    'Milliseconds to wait for an answer of the http-bank rail before the outcome counts as unknown.',
    integer(50, 120_000),
  ),
  wechatAppId: define(
    'YINKE_WECHAT_APP_ID',
    '',
    'AppID of the operator’s official account at WeChat; with its secret and YINKE_PUBLIC_URL, merchants sign in with WeChat, and the portal says how WeChat shows shared links.',
    optional(matching(/^[A-Za-z0-9]{1,32}$/, 'letters and digits')),
  ),
  wechatAppSecret: define(
    'YINKE_WECHAT_APP_SECRET',
    '',
    'AppSecret of that account.',
    optional(matching(/^[A-Za-z0-9]{1,64}$/, 'letters and digits')),
  ),
  wechatApiUrl: define(
    'YINKE_WECHAT_API_URL',
    'https://api.weixin.qq.com',
    'Base URL of WeChat’s API for accounts.',
    url('https:', 'http:'),
  ),
  wechatAuthorizeUrl: define(
    'YINKE_WECHAT_AUTHORIZE_URL',
    'https://open.weixin.qq.com',
    'Base URL of the page at WeChat that says who signs in.',
    url('https:', 'http:'),
  ),
  wechatPayMerchantId: define(
    'YINKE_WECHAT_PAY_MERCHANT_ID',
    '',
    'Merchant number (mchid) at WeChat Pay; the wechat-pay rail is off unless all of its settings are given.',
    optional(matching(/^\d{8,32}$/, 'digits')),
  ),
  wechatPayAppId: define(
    'YINKE_WECHAT_PAY_APP_ID',
    '',
    'AppID that the openids of payees belong to.',
    optional(matching(/^[A-Za-z0-9]{1,32}$/, 'letters and digits')),
  ),
  wechatPaySerial: define(
    'YINKE_WECHAT_PAY_SERIAL',
    '',
    'Serial number of the API certificate that requests are signed with.',
    optional(matching(/^[A-Fa-f0-9]{1,64}$/, 'hexadecimal')),
  ),
  wechatPayPrivateKey: define(
    'YINKE_WECHAT_PAY_PRIVATE_KEY',
    '',
    'Private key of that certificate: PEM, or the path of a file with it.',
    optional(pem(createPrivateKey)),
  ),
  wechatPayApiKey: define(
    'YINKE_WECHAT_PAY_API_KEY',
    '',
    'APIv3 key that notifications are encrypted with, 32 characters.',
    optional(matching(/^[\x21-\x7e]{32}$/, '32 characters')),
  ),
  wechatPayPublicKeys: define(
    'YINKE_WECHAT_PAY_PUBLIC_KEYS',
    '',
    'What WeChat Pay signs with, id:key comma-separated: public key (PUB_KEY_ID_…) and platform certificates (serial number) side by side; a key is PEM or the path of a file with it. Names are encrypted for the first.',
    optional(namedKeys(createPublicKey)),
  ),
  wechatPayUrl: define(
    'YINKE_WECHAT_PAY_URL',
    'https://api.mch.weixin.qq.com',
    'Base URL of WeChat Pay.',
    url('https:', 'http:'),
  ),
  wechatPayMaximum: define(
    'YINKE_WECHAT_PAY_MAXIMUM',
    '20000',
    'Most that one transfer over WeChat Pay carries, in fen, as agreed with WeChat Pay.',
    integer(10, 1_000_000_000),
  ),
  wechatPayTimeoutMs: define(
    'YINKE_WECHAT_PAY_TIMEOUT_MS',
    '10000',
    'Milliseconds to wait for an answer of WeChat Pay before the outcome counts as unknown.',
    integer(50, 120_000),
  ),
} satisfies Record<string, Setting<unknown>>;

type Settings = typeof settings;

/** The settings as read and checked; see {@link settings} for meaning and units. */
export type ConfigValues = { readonly [K in keyof Settings]: ReturnType<Settings[K]['parse']> };

/** Injection token and type of the configuration. */
export const Config = Symbol('Config');
export type Config = ConfigValues;

/** Only the settings named, for the commands that need no others. Throws {@link ConfigError} as {@link loadConfig} does. */
export function loadSettings<K extends keyof Settings>(
  names: readonly K[],
  environment: NodeJS.ProcessEnv = process.env,
): Pick<ConfigValues, K> {
  const values: unknown = Object.fromEntries(
    names.map((name) => [name, read<unknown>(settings[name] as Setting<unknown>, environment)]),
  );
  return values as Pick<ConfigValues, K>;
}

function read<T>(setting: Setting<T>, environment: NodeJS.ProcessEnv): T {
  const text = environment[setting.name] ?? setting.fallback;
  if (text === undefined) throw new ConfigError(`${setting.name} is not set. ${setting.about}`);
  try {
    return setting.parse(text);
  } catch (error) {
    throw new ConfigError(`${setting.name} ${(error as Error).message}. ${setting.about}`);
  }
}

/** The environment of a program that this one starts: its own, and what is added. */
export function environmentWith(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...added };
}

/** Reads every setting. Throws {@link ConfigError} that names the first variable that is missing or wrong. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const entries = Object.entries(settings).map(([key, setting]: [string, Setting<unknown>]) => [
    key,
    read(setting, environment),
  ]);
  const values: unknown = Object.fromEntries(entries);
  return Object.freeze(values as ConfigValues);
}
