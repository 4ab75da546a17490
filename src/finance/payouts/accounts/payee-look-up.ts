import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MerchantRegistry, type Beneficiary, type MerchantCard } from '../../../database/index.js';
import type { PayoutRail } from '../rails/payout-rail.js';
import { WechatPayeeService } from './wechat-payee.service.js';
import type { MerchantId } from '../../../shared/ids.js';

/** Merchants looked up in one statement. */
const LOOK_UP = 1000;

type Payees = Pick<MerchantRegistry, 'findBeneficiaries'>;

/** Who merchants are, and where a rail's money to them goes. */
@Injectable()
export class PayeeLookUp {
  /** Who knows the payees of a kind. */
  private readonly payees: Readonly<Record<PayoutRail['payee'], Payees>>;

  constructor(
    private readonly registry: MerchantRegistry,
    wechatPayees: WechatPayeeService,
  ) {
    this.payees = { 'bank-account': registry, 'wechat-openid': wechatPayees };
  }

  /** Cards and payees by merchant id; who is unknown or has no payee is left out. */
  async findPayees(tx: EntityManager, payee: PayoutRail['payee'], merchantIds: readonly MerchantId[]) {
    const cards = new Map<MerchantId, MerchantCard>();
    const beneficiaries = new Map<MerchantId, Beneficiary>();
    for (let from = 0; from < merchantIds.length; from += LOOK_UP) {
      const chunk = merchantIds.slice(from, from + LOOK_UP);
      for (const [id, card] of await this.registry.findMany(tx, chunk)) cards.set(id, card);
      const found = await this.payees[payee].findBeneficiaries(tx, chunk);
      for (const [id, beneficiary] of found) beneficiaries.set(id, beneficiary);
    }
    return { cards, beneficiaries };
  }
}
