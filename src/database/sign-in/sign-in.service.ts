import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  ApplicationTokens,
  CODE_MINUTES,
  codeRefusal,
  MerchantSessions,
  OneTimeCodes,
  type MerchantPrincipal,
  type SignInOrigin,
  type SignInWay,
} from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Messages } from '../../messages/index.js';
import { DomainError, invalidFields } from '../../shared/domain-error.js';
import type { PageLanguage } from '../../shared/page-language.js';
import type { DatabaseErrorCode } from '../errors.js';
import { MerchantApplicationRepository } from '../applications/merchant-application.repository.js';
import type { Merchant } from '../merchants/merchant.entity.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import { tokenSpent } from '../applications/registrar.js';
import { theContact, type Contact, type GivenContact } from '../merchants/contact.js';
import type {
  MerchantSessionDto,
  SignInMerchantDto,
  SignInMethodsDto,
  StartedMerchantSessionDto,
  WechatCodeDto,
} from './sign-in.dto.js';
import { WechatAccount } from '../wechat/wechat-account.js';
import { WechatLinks } from './wechat-links.service.js';

/** Where somebody signs in from, and the marks of a browser that went to WeChat, or asked for a code. */
type Origin = SignInOrigin & { wentToWechat: string | undefined; askedForCode: string | undefined };

/** What signing in by a code comes to. The try is committed before it is refused. */
type Outcome = StartedMerchantSessionDto | DomainError;

/** Merchants sign in: by a code that is sent to them, or the first time by the token of their application. */
@Injectable()
export class SignInService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRepository,
    private readonly applications: MerchantApplicationRepository,
    private readonly applicationTokens: ApplicationTokens,
    private readonly codes: OneTimeCodes,
    private readonly sessions: MerchantSessions,
    private readonly messages: Messages,
    private readonly wechat: WechatAccount,
    private readonly wechatLinks: WechatLinks,
  ) {}

  /** By what merchants can sign in. */
  methods(): SignInMethodsDto {
    return {
      email: this.messages.reaches('email'),
      phone: this.messages.reaches('phone'),
      wechat: this.wechat.isConfigured,
    };
  }

  /**
   * Sends a code, if a merchant has this contact; the same is done when none has, but for the sending. The browser that asked, by its `mark`, has the
   * code to itself: what others ask for and try with this contact neither ends it nor uses up its tries.
   */
  async requestCode(given: GivenContact, language: PageLanguage | null, mark: string): Promise<void> {
    const { channel, key } = theContact(given);
    const id = await this.unitOfWork.run(async (tx) => {
      const [merchant] = await this.merchants.findByContact(tx, channel, key);
      const code = await this.codes.issue(tx, { what: 'sign-in', who: key });
      await this.codes.keep(tx, { what: 'sign-in', who: `${key} ${mark}` }, code);
      return this.messages.write(tx, {
        kind: 'sign-in-code',
        channel,
        to: merchant ? key : null,
        merchantId: merchant?.id ?? null,
        language: language ?? merchant?.language ?? 'zh-CN',
        values: { code, minutes: String(CODE_MINUTES) },
        minutes: CODE_MINUTES,
      });
    });
    this.messages.announce([id]);
  }

  /**
   * Starts a session. Throws `code.refused`, `code.expired` or `code.spent`, the same for everybody; and once the code is right
   * `sign-in.choose-merchant` with the merchants who share the contact, whereupon the code may be sent again with one of them. By WeChat
   * what {@link WechatLinks.merchantOf} throws.
   */
  async signIn(given: SignInMerchantDto, origin: Origin): Promise<StartedMerchantSessionDto> {
    const { applicationToken = null, wechat = null, language = null } = given;
    const code = given.code ?? null;
    for (const way of ['applicationToken', 'wechat'] as const)
      if ((given[way] ?? null) !== null && !isAlone(given, way))
        throw invalidFields([{ pointer: `/${way}`, detail: 'comes alone, or not at all' }]);
    if (applicationToken !== null) return this.signInByApplication(applicationToken, language, origin);
    if (wechat !== null) return this.signInByWechat(wechat, language, origin);
    if (code === null) throw invalidFields([{ pointer: '/code', detail: 'is required' }]);
    const contact = theContact(given);
    const outcome = await this.unitOfWork.run((tx) => this.byCode(tx, contact, code, given, origin));
    if (outcome instanceof DomainError) throw outcome;
    return outcome;
  }

  /** A session as its merchant may see it. */
  async describe({ merchantId, isFresh, expiresAt }: MerchantPrincipal): Promise<MerchantSessionDto> {
    const merchant = await this.merchants.get(this.unitOfWork.reader, merchantId);
    return { merchant: called(merchant), expiresAt: expiresAt.toISOString(), fresh: isFresh };
  }

  private async byCode(
    tx: EntityManager,
    { channel, key }: Contact,
    code: string,
    { merchant: chosen, language }: SignInMerchantDto,
    origin: Origin,
  ): Promise<Outcome> {
    const open = { what: 'sign-in', who: key } as const;
    const own = { what: 'sign-in', who: `${key} ${origin.askedForCode ?? ''}` } as const;
    const isOwn = origin.askedForCode !== undefined && (await this.codes.has(tx, own));
    const verdict = await this.codes.judge(tx, isOwn ? own : open, code);
    const sharing = await this.merchants.findByContact(tx, channel, key);
    if (verdict !== 'right') {
      const refusal = codeRefusal(verdict);
      await this.sessions.recordRefusal(tx, sharing.length === 1 ? (sharing[0]?.id ?? null) : null, refusal.code);
      return refusal;
    }
    const candidates = (chosen ?? null) === null ? sharing : sharing.filter(({ id }) => id === chosen);
    const [merchant, another] = candidates;
    if (!merchant) return codeRefusal('wrong');
    if (another) return toChoose(candidates);
    await this.codes.use(tx, open);
    await this.codes.use(tx, own);
    if (merchant.contactGivenBy !== null) await this.merchants.useGivenContact(tx, merchant.id);
    return this.start(tx, merchant, 'code', language ?? null, origin);
  }

  /** Throws `sign-in.not-approved`, and `sign-in.token-spent` once it has led to a session or its time is over. */
  private signInByApplication(
    token: string,
    language: PageLanguage | null,
    origin: SignInOrigin,
  ): Promise<StartedMerchantSessionDto> {
    const applicationId = this.applicationTokens.applicationOf(token);
    return this.unitOfWork.run(async (tx) => {
      const application = await this.applications.lock(tx, applicationId);
      if (application.state !== 'approved')
        throw new DomainError<DatabaseErrorCode>('sign-in.not-approved', `The application is ${application.state}.`);
      if (!(await this.applications.useForSignIn(tx, applicationId))) throw tokenSpent();
      const [merchant] = await this.merchants.findByApplications(tx, [applicationId]);
      if (!merchant) throw new Error(`application ${applicationId} is approved and has no merchant`);
      return this.start(tx, merchant, 'application', language, origin);
    });
  }

  private async signInByWechat(
    wechat: WechatCodeDto,
    language: PageLanguage | null,
    origin: Origin,
  ): Promise<StartedMerchantSessionDto> {
    const merchantId = await this.wechatLinks.merchantOf(wechat, origin.wentToWechat);
    return this.unitOfWork.run(async (tx) =>
      this.start(tx, await this.merchants.get(tx, merchantId), 'wechat', language, origin),
    );
  }

  private async start(
    tx: EntityManager,
    merchant: Merchant,
    way: SignInWay,
    language: PageLanguage | null,
    origin: SignInOrigin,
  ): Promise<StartedMerchantSessionDto> {
    if (language !== null && language !== merchant.language)
      await this.merchants.changeLanguage(tx, merchant.id, language);
    const { token, expiresAt } = await this.sessions.start(tx, merchant.id, way, origin);
    return { token, merchant: called(merchant), expiresAt: expiresAt.toISOString() };
  }
}

/** Whether nothing else says who signs in. */
function isAlone(given: SignInMerchantDto, way: 'applicationToken' | 'wechat'): boolean {
  const ways = ['email', 'phone', 'code', 'applicationToken', 'wechat'] as const;
  return ways.every((each) => each === way || (given[each] ?? null) === null);
}

function called({ id, code, displayName }: Merchant) {
  return { id, code, displayName };
}

function toChoose(merchants: readonly Merchant[]): DomainError<DatabaseErrorCode> {
  const detail = 'Several merchants share this contact: send the same code again with one of them.';
  return new DomainError('sign-in.choose-merchant', detail, undefined, { merchants: merchants.map(called) });
}
