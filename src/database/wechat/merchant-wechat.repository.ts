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
  async findMerchant(em: EntityManager, person: WechatPerson): Promise<MerchantId | null> {
    return (await em.findOneBy(MerchantWechatEntity, { openidHash: this.hash(person) }))?.merchantId ?? null;
  }

  /** Since when the merchant has one; null: they have none. */
  async linkedAt(em: EntityManager, merchantId: MerchantId): Promise<Date | null> {
    return (await em.findOneBy(MerchantWechatEntity, { merchantId }))?.linkedAt ?? null;
  }

  /** Links an account, in place of the one before. Throws `wechat.linked-elsewhere` when it is another merchant's. */
  async link(tx: EntityManager, merchantId: MerchantId, person: WechatPerson): Promise<void> {
    await this.unlink(tx, merchantId);
    try {
      await tx.query(`INSERT INTO merchant_wechat (merchant_id, openid_hash, linked_at) VALUES (?, ?, NOW(6))`, [
        merchantId,
        this.hash(person),
      ]);
    } catch (error) {
      if (!isDuplicate(error, 'merchant_wechat_openid')) throw error;
      throw new DomainError<DatabaseErrorCode>(
        'wechat.linked-elsewhere',
        'Another merchant signs in with this WeChat account.',
      );
    }
  }

  /** Whether there was one. */
  async unlink(tx: EntityManager, merchantId: MerchantId): Promise<boolean> {
    return (await tx.delete(MerchantWechatEntity, { merchantId })).affected === 1;
  }

  private hash({ appId, openid }: WechatPerson): string {
    return createHmac('sha256', this.key).update(`${appId} ${openid}`, 'utf8').digest('hex');
  }
}
