import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../core/config.js';
import { isDuplicate } from '../../core/driver-error.js';
import { DomainError } from '../../shared/domain-error.js';
import type { MerchantId } from '../../shared/ids.js';
import { derivedKey } from '../../shared/sealed-text.js';
import type { DatabaseErrorCode } from '../errors.js';
import { MerchantWechatEntity } from './merchant-wechat.entity.js';
import type { WechatPerson } from './wechat-account.js';

/** Which WeChat account is which merchant's. The openid itself is not kept. */
@Injectable()
export class MerchantWechatRepository {
  private readonly key: Buffer;

  constructor(@Inject(Config) config: Config) {
    this.key = derivedKey(config.blindIndexKey, 'yinke wechat openid');
  }

  /** The merchant who has linked this account; null when nobody has. */
  async findMerchant(em: EntityManager, { appId, openid }: WechatPerson): Promise<MerchantId | null> {
    return (await em.findOneBy(MerchantWechatEntity, { appId, openidHash: this.hash(openid) }))?.merchantId ?? null;
  }

  /** What the merchant has linked; null: nothing. */
  find(em: EntityManager, merchantId: MerchantId, appId: string): Promise<MerchantWechatEntity | null> {
    return em.findOneBy(MerchantWechatEntity, { merchantId, appId });
  }

  /**
   * Links an account, in place of the one before; false when it was linked already. Throws `wechat.linked-elsewhere` when it is another
   * merchant's.
   */
  async link(tx: EntityManager, merchantId: MerchantId, { appId, openid }: WechatPerson): Promise<boolean> {
    const openidHash = this.hash(openid);
    if ((await this.find(tx, merchantId, appId))?.openidHash === openidHash) return false;
    await this.unlink(tx, merchantId, appId);
    const link = { merchantId, appId, openidHash, lastFour: openid.slice(-4), linkedAt: () => 'NOW(6)' };
    try {
      await tx.insert(MerchantWechatEntity, link);
      return true;
    } catch (error) {
      if (!isDuplicate(error, 'merchant_wechat_openid')) throw error;
      throw new DomainError<DatabaseErrorCode>(
        'wechat.linked-elsewhere',
        'Another merchant signs in with this WeChat account.',
      );
    }
  }

  /** Whether there was one. */
  async unlink(tx: EntityManager, merchantId: MerchantId, appId: string): Promise<boolean> {
    return (await tx.delete(MerchantWechatEntity, { merchantId, appId })).affected === 1;
  }

  private hash(openid: string): string {
    return createHmac('sha256', this.key).update(openid, 'utf8').digest('hex');
  }
}
