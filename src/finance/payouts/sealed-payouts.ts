import type { DataKeys, SealedTable } from '../../core/sealed-tables.js';
import { Table } from '../../core/table.js';
import { AccountNumberVault, type SealContext } from '../../database/index.js';
import { SealedText } from '../../shared/sealed-text.js';
import { platformSealContext } from './accounts/platform-account.service.js';
import { PlatformAccountEntity } from './accounts/platform-account.entity.js';
import { WechatPayeeEntity } from './accounts/wechat-payee.entity.js';
import { walletSealContext } from './accounts/wechat-payee.service.js';
import { PayoutFileEntity } from './batches/payout-file.entity.js';
import { PAYOUT_FILE_PURPOSE, placeOf } from './batches/payout-file.service.js';
import { PayoutEntity } from './payouts.entities.js';
import { sealContext } from './sealed-payout.js';

const PAYOUTS = new Table(PayoutEntity);
const FILES = new Table(PayoutFileEntity);
const PLATFORM = new Table(PlatformAccountEntity);
const WALLETS = new Table(WechatPayeeEntity);

/** The room's tables with sealed columns. */
export function sealedPayouts({ dataKeys, blindIndexKey }: DataKeys): SealedTable[] {
  const vault = new AccountNumberVault(dataKeys, blindIndexKey);
  const files = new SealedText(dataKeys, PAYOUT_FILE_PURPOSE);
  const numbers = (
    table: { name: string; key: string; column: string; reads: readonly string[] },
    contextOf: (raw: object) => SealContext,
  ): SealedTable => ({
    name: table.name,
    key: [table.key],
    keyIds: { column: 'key_id' },
    reads: ['key_id', table.column, ...table.reads],
    atOnce: 200,
    reseal: (raw) => {
      const { keyId, sealed } = vault.reseal(
        { keyId: raw.key_id as string, sealed: raw[table.column] as string },
        contextOf(raw),
      );
      return { key_id: keyId, [table.column]: sealed };
    },
  });
  const payout = { name: PAYOUTS.name, key: 'id', column: 'sealed_number' };
  const platform = { name: PLATFORM.name, key: 'currency', column: 'sealed_number' };
  const wallet = { name: WALLETS.name, key: 'merchant_id', column: 'sealed_openid' };
  return [
    numbers({ ...payout, reads: ['merchant_id', 'holder', 'bic', 'country'] }, (raw) =>
      sealContext(PAYOUTS.rowOf(raw)),
    ),
    numbers({ ...platform, reads: ['holder', 'bic', 'country'] }, (raw) => {
      const account = PLATFORM.rowOf(raw);
      return platformSealContext(account.currency, account);
    }),
    numbers({ ...wallet, reads: ['holder'] }, (raw) => {
      const { merchantId, holder } = WALLETS.rowOf(raw);
      return walletSealContext(merchantId, holder);
    }),
    {
      name: FILES.name,
      key: ['batch_id', 'version', 'part'],
      keyIds: { column: 'key_id' },
      reads: ['key_id', 'sealed'],
      // A part is some megabytes.
      atOnce: 1,
      reseal: (raw) => {
        const part = FILES.rowOf(raw);
        const { keyId, sealed } = files.sealBytes(files.openBytes(part, placeOf(part)), placeOf(part));
        return { key_id: keyId, sealed };
      },
    },
  ];
}
