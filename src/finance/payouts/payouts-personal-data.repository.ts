import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table } from '../../core/table.js';
import { AccountNumberVault } from '../../database/index.js';
import {
  type OpenMatter,
  type Person,
  PersonalData,
  PersonalDataSource,
  type PersonalTable,
} from '../../desk/index.js';
import { WechatPayeeEntity } from './accounts/wechat-payee.entity.js';
import { BankReportLineEntity } from './bank-reports/bank-report.entity.js';
import { FailureStatementEntity } from './delivery/failure-statement.entity.js';
import { PayoutContradictionEntity } from './delivery/payout-contradiction.entity.js';
import { PayoutEntity, PayoutSkipEntity } from './payouts.entities.js';
import { sealContext } from './sealed-payout.js';

const PAYOUTS = new Table(PayoutEntity);
const NOBODY = '—';
const OWN_PAYOUTS = 'payout_id IN (SELECT id FROM payout WHERE merchant_id = :merchant)';

/** What payouts hold about people. */
@Injectable()
export class PayoutsPersonalData extends PersonalDataSource {
  constructor(
    personalData: PersonalData,
    private readonly vault: AccountNumberVault,
  ) {
    super(personalData);
  }

  readonly tables: readonly PersonalTable[] = [
    {
      entity: PayoutEntity,
      rows: 'merchant_id = :merchant',
      hidden: ['keyId', 'sealedNumber', 'numberHash', 'link'],
      erased: (tx, person, limit) => this.erasePayees(tx, person, limit),
      left: 'erased_at IS NULL',
    },
    { entity: PayoutSkipEntity, rows: 'merchant_id = :merchant', erased: { detail: 'NULL' } },
    {
      entity: WechatPayeeEntity,
      rows: 'merchant_id = :merchant',
      hidden: ['keyId', 'sealedOpenid', 'openidHash'],
      erased: 'deleted',
    },
    {
      entity: BankReportLineEntity,
      rows: OWN_PAYOUTS,
      hidden: ['fingerprint', 'ownAccountHash', 'otherAccountHashes', 'proposedPayoutId'],
      erased: { reason: 'NULL', last_four: 'NULL', other_account_hashes: 'NULL' },
    },
    { entity: FailureStatementEntity, rows: OWN_PAYOUTS, erased: { evidence: `'${NOBODY}'`, reason: `'${NOBODY}'` } },
    { entity: PayoutContradictionEntity, rows: OWN_PAYOUTS, erased: { reason: 'NULL' } },
  ];

  override readonly openMatters: readonly OpenMatter[] = [
    {
      code: 'erasure.work-open',
      detail: 'A payout of the merchant’s is under way.',
      sql: `SELECT 1 FROM payout WHERE merchant_id = :merchant
        AND state NOT IN ('paid', 'failed', 'returned', 'cancelled', 'rejected', 'withdrawn')`,
    },
    {
      code: 'erasure.work-open',
      detail: 'What a rail says of a payout of the merchant’s contradicts the books.',
      sql: `SELECT 1 FROM payout_contradiction WHERE settled_at IS NULL AND ${OWN_PAYOUTS}`,
    },
    {
      code: 'erasure.work-open',
      detail: 'A statement about a payout of the merchant’s waits for a second person.',
      sql: `SELECT 1 FROM payout_failure_statement WHERE state = 'awaiting-approval' AND ${OWN_PAYOUTS}`,
    },
  ];

  /** Takes payee and account out of payouts, the account's number is sealed anew as nobody's, so that a change of keys need not know of it. */
  private async erasePayees(tx: EntityManager, { merchantId }: Person, limit: number): Promise<number> {
    const rows = await PAYOUTS.find(tx, 'WHERE merchant_id = ? AND erased_at IS NULL ORDER BY id LIMIT ? FOR UPDATE', [
      merchantId ?? '',
      limit,
    ]);
    for (const payout of rows) {
      const { keyId, sealed } = this.vault.seal(NOBODY, sealContext({ ...payout, holder: NOBODY, bic: null }));
      const { sql, parameters } = PAYOUTS.assign({
        holder: NOBODY,
        holderSent: NOBODY,
        townSent: null,
        keyId,
        sealedNumber: sealed,
        numberHash: '',
        lastFour: '',
        bankName: null,
        bic: null,
        reason: null,
        confirmation: null,
      });
      await tx.query(`UPDATE payout SET ${sql}, erased_at = NOW(6) WHERE id = ?`, [...parameters, payout.id]);
    }
    return rows.length;
  }
}
