import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import {
  AccountNumberVault,
  MerchantRegistry,
  type Beneficiary,
  type DatabaseErrorCode,
} from '../../../database/index.js';
import { insertRows } from '../../../core/columns.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';
import { WechatPayeeEntity } from '../payouts.entities.js';
import type { PutWechatPayeeDto, WechatPayeeDto } from './wechat-payee.dto.js';

const COLUMNS = ['holder', 'key_id', 'sealed_openid', 'openid_hash', 'last_four', 'recorded_by', 'recorded_at'];

/**
 * The WeChat wallets of merchants. A reviewer records them, as they review bank accounts; a reviewer alone can neither
 * draft nor approve, and a batch that is drafted with one wallet is not approved after it was changed.
 */
@Injectable()
export class WechatPayeeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: MerchantRegistry,
    private readonly vault: AccountNumberVault,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `merchant.not-found`. */
  async putPayee(by: Staff, merchantId: string, { openid, holder }: PutWechatPayeeDto): Promise<WechatPayeeDto> {
    return this.unitOfWork.run(async (tx) => {
      const known = await this.registry.findMany(tx, [merchantId]);
      if (!known.has(merchantId))
        throw new DomainError<DatabaseErrorCode>('merchant.not-found', `There is no merchant ${merchantId}.`);
      const { keyId, sealed } = this.vault.seal(openid, sealContext(merchantId, holder));
      const values = [holder, keyId, sealed, this.vault.hash(openid), openid.slice(-4), by.staffId, this.clock.now()];
      const changes = COLUMNS.map((column) => `${column} = VALUES(${column})`).join(', ');
      const suffix = `ON DUPLICATE KEY UPDATE ${changes}`;
      await insertRows(tx, 'wechat_payee', ['merchant_id', ...COLUMNS], [[merchantId, ...values]], suffix);
      await this.auditLog.record(tx, { principal: by, action: 'wechat-payee.set', subject: merchantId });
      return view(await tx.findOneByOrFail(WechatPayeeEntity, { merchantId }));
    });
  }

  /** Throws `payout.no-wechat-payee`. */
  async getPayee(merchantId: string): Promise<WechatPayeeDto> {
    const payee = await this.unitOfWork.reader.findOneBy(WechatPayeeEntity, { merchantId });
    if (payee) return view(payee);
    throw new DomainError<PayoutErrorCode>('payout.no-wechat-payee', `${merchantId} has no WeChat wallet.`);
  }

  /** Wallets as beneficiaries, the openid in place of the account number; merchants without one are left out. */
  async findBeneficiaries(tx: EntityManager, merchantIds: readonly string[]): Promise<Map<string, Beneficiary>> {
    const payees = await tx.find(WechatPayeeEntity, { where: { merchantId: In([...merchantIds]) } });
    return new Map(payees.map((payee) => [payee.merchantId, this.beneficiaryOf(payee)]));
  }

  private beneficiaryOf({ merchantId, holder, keyId, sealedOpenid, openidHash, lastFour }: WechatPayeeEntity) {
    const context = sealContext(merchantId, holder);
    const number = this.vault.open({ keyId, sealed: sealedOpenid }, context);
    const { bankAccountId, country, bic } = context;
    return {
      bankAccountId,
      merchantId,
      holder,
      holderLatin: null,
      town: null,
      number,
      lastFour,
      bankName: null,
      bic,
      country,
      numberHash: openidHash,
    };
  }
}

function sealContext(merchantId: string, holder: string) {
  return { bankAccountId: `wechat:${merchantId}`, ownerId: merchantId, holder, country: 'CN', bic: null };
}

function view({ merchantId, holder, lastFour, recordedBy, recordedAt }: WechatPayeeEntity): WechatPayeeDto {
  return {
    merchant: merchantId,
    holder,
    maskedOpenid: `••••${lastFour}`,
    recordedBy,
    recordedAt: recordedAt.toISOString(),
  };
}
