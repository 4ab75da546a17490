import { Injectable } from '@nestjs/common';
import { AuditLog, codeRefusal, type MerchantPrincipal } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import type { MerchantId } from '../../shared/ids.js';
import type { DatabaseErrorCode } from '../errors.js';
import { takesContact } from '../merchants/contact.js';
import { ContactService } from '../merchants/contact.service.js';
import { MerchantRepository } from '../merchants/merchant.repository.js';
import { MerchantWechatRepository } from '../wechat/merchant-wechat.repository.js';
import { WechatAccount } from '../wechat/wechat-account.js';
import { WechatStates, type Errand } from '../wechat/wechat-states.js';
import type { WechatCodeDto } from './sign-in.dto.js';
import type { LinkWechatDto, MerchantWechatDto } from './wechat-sign-in.dto.js';

/** Pages of the portal that WeChat sends people back to. */
const BACK = { signIn: '/portal/wechat/sign-in', link: '/portal/wechat/link' };

/** What the browser that goes to WeChat is given. */
export interface WayToWechat {
  url: string;
  /** For a cookie. */
  browser: string;
}

/** The WeChat account that signs a merchant in: linked and taken off by them. WeChat is never asked inside a transaction. */
@Injectable()
export class WechatLinks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRepository,
    private readonly links: MerchantWechatRepository,
    private readonly account: WechatAccount,
    private readonly states: WechatStates,
    private readonly contacts: ContactService,
    private readonly auditLog: AuditLog,
  ) {}

  /** The way to WeChat and back. Throws `wechat.not-configured`. */
  async authorize(errand: Errand): Promise<WayToWechat> {
    this.account.appId();
    const { state, browser } = await this.states.start(errand);
    const page = errand === 'sign-in' ? BACK.signIn : BACK.link;
    return { url: this.account.authorizationUrl(page, state), browser };
  }

  /**
   * The merchant who has linked the account that comes back. Throws `wechat.state-refused`, what {@link WechatAccount.personOf} throws, and
   * `wechat.not-linked`: a WeChat account alone makes nobody a merchant.
   */
  async merchantOf({ code, state }: WechatCodeDto, browser: string | undefined): Promise<MerchantId> {
    this.account.appId();
    await this.states.end('sign-in', { state, browser });
    const person = await this.account.personOf(code);
    const merchantId = await this.links.findMerchant(this.unitOfWork.reader, person);
    if (merchantId !== null) return merchantId;
    throw new DomainError<DatabaseErrorCode>(
      'wechat.not-linked',
      'No merchant has linked this WeChat account: sign in by a code, and link it then.',
    );
  }

  /** What the merchant has linked. Throws `wechat.not-configured`. */
  async describe({ merchantId }: MerchantPrincipal): Promise<MerchantWechatDto> {
    const link = await this.links.find(this.unitOfWork.reader, merchantId, this.account.appId());
    return link
      ? { linkedAt: link.linkedAt.toISOString(), maskedOpenid: `••••${link.lastFour}` }
      : { linkedAt: null, maskedOpenid: null };
  }

  /**
   * Links the account that comes back, in place of the one before, and tells the merchant's contact. Whoever has a contact of their own
   * confirms it by a fresh code: a stolen session must not become a way in for good. Throws `code.needed`, `code.refused`, `code.expired`, `code.spent`,
   * `wechat.state-refused`, `wechat.linked-elsewhere`.
   */
  async link(
    principal: MerchantPrincipal,
    { code, state, confirmation = null }: LinkWechatDto,
    browser: string | undefined,
  ): Promise<MerchantWechatDto> {
    const { merchantId } = principal;
    this.account.appId();
    const verdict = await this.unitOfWork.run(async (tx) => {
      const merchant = await this.merchants.lock(tx, merchantId);
      return takesContact(merchant) ? 'right' : this.contacts.confirm(tx, principal, confirmation);
    });
    if (verdict !== 'right') throw codeRefusal(verdict);
    await this.states.end({ linkTo: merchantId }, { state, browser });
    const person = await this.account.personOf(code);
    const told = await this.unitOfWork.run(async (tx) => {
      const merchant = await this.merchants.lock(tx, merchantId);
      if (!(await this.links.link(tx, merchantId, person))) return [];
      await this.auditLog.record(tx, { principal, action: 'merchant.wechat-linked', subject: merchantId });
      return this.contacts.tell(tx, merchant, { kind: 'wechat-linked', values: {} });
    });
    this.contacts.announce(told);
    return this.describe(principal);
  }

  /** Takes the account off; a repeat does nothing. */
  async unlink(principal: MerchantPrincipal): Promise<void> {
    const { merchantId } = principal;
    const appId = this.account.appId();
    const told = await this.unitOfWork.run(async (tx) => {
      const merchant = await this.merchants.lock(tx, merchantId);
      if (!(await this.links.unlink(tx, merchantId, appId))) return [];
      await this.auditLog.record(tx, { principal, action: 'merchant.wechat-unlinked', subject: merchantId });
      return this.contacts.tell(tx, merchant, { kind: 'wechat-unlinked', values: {} });
    });
    this.contacts.announce(told);
  }
}
