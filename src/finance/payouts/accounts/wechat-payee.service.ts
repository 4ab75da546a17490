import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import {
  AccountNumberVault,
  MerchantRegistry,
  type Beneficiary,
  type DatabaseErrorCode,
} from '../../../database/index.js';
import { Table } from '../../../core/table.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';
import { WechatPayeeEntity } from './wechat-payee.entity.js';
import type { PutWechatPayeeDto, WechatPayeeDto } from './wechat-payee.dto.js';
import type { MerchantId } from '../../../shared/ids.js';

const PAYEES = new Table(WechatPayeeEntity);

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
  async putPayee(by: Staff, merchantId: MerchantId, { openid, holder }: PutWechatPayeeDto): Promise<WechatPayeeDto> {
    return this.unitOfWork.run(async (tx) => {
      const known = await this.registry.findMany(tx, [merchantId]);
      if (!known.has(merchantId))
        throw new DomainError<DatabaseErrorCode>('merchant.not-found', `There is no merchant ${merchantId}.`);
      const { keyId, sealed } = this.vault.seal(openid, walletSealContext(merchantId, holder));
      const payee = {
        merchantId,
        holder,
        keyId,
        sealedOpenid: sealed,
        openidHash: this.vault.hash(openid),
        lastFour: openid.slice(-4),
        recordedBy: by.staffId,
        recordedAt: this.clock.now(),
      };
      await PAYEES.upsert(tx, [payee], PAYEES.properties);
      await this.auditLog.record(tx, { principal: by, action: 'wechat-payee.set', subject: merchantId });
      return view(payee);
    });
  }

  /** Throws `payout.no-wechat-payee`. */
  async getPayee(merchantId: MerchantId): Promise<WechatPayeeDto> {
    const payee = await this.unitOfWork.reader.findOneBy(WechatPayeeEntity, { merchantId });
    if (payee) return view(payee);
    throw new DomainError<PayoutErrorCode>('payout.no-wechat-payee', `${merchantId} has no WeChat wallet.`);
  }

  /** Wallets as beneficiaries, the openid in place of the account number; merchants without one are left out. */
  async findBeneficiaries(
    tx: EntityManager,
    merchantIds: readonly MerchantId[],
  ): Promise<Map<MerchantId, Beneficiary>> {
    const payees = await tx.find(WechatPayeeEntity, { where: { merchantId: In([...merchantIds]) } });
    return new Map(payees.map((payee) => [payee.merchantId, this.beneficiaryOf(payee)]));
  }

  private beneficiaryOf({ merchantId, holder, keyId, sealedOpenid, openidHash, lastFour }: WechatPayeeEntity) {
    const context = walletSealContext(merchantId, holder);
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

/** What the openid of a wallet is bound to. */
export function walletSealContext(merchantId: MerchantId, holder: string) {
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
