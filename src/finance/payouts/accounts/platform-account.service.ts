import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { Config } from '../../../core/config.js';
import { AccountNumberVault, accountNumberFault, bicFault, normaliseAccountNumber } from '../../../database/index.js';
import { Table } from '../../../core/table.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { contentHash } from '../../../shared/content-hash.js';
import { DomainError, type FieldError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';
import type { PlatformAccountDto } from './platform-account.dto.js';
import { PlatformAccountEntity } from './platform-account.entity.js';
import { bankText } from '../rails/bank-text.js';
import { readBankFileSettings } from '../rails/bank-file-settings.js';
import type { Debtor } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';
import { PayoutFileRepository } from '../batches/payout-file.repository.js';

const ACCOUNTS = new Table(PlatformAccountEntity);

/** Made-up accounts of the operator, so that a checkout can be tried at once. */
const SAMPLES: readonly [currency: string, account: Debtor][] = [
  [
    'CNY',
    { holder: '引客示例有限公司', number: '1001244319000000017', bic: 'ICBKCNBJSHI', country: 'CN', town: 'Shanghai' },
  ],
  [
    'EUR',
    { holder: 'Yinke Sample GmbH', number: 'DE89370400440532013000', bic: 'COBADEFFXXX', country: 'DE', town: 'Köln' },
  ],
  ['USD', { holder: 'Yinke Sample Inc', number: '000123456789', bic: 'CHASUS33XXX', country: 'US', town: 'New York' }],
];

const UNWRITABLE = 'cannot be written in the characters that banks take';

/** The operator's own bank accounts, one for each currency. */
@Injectable()
export class PlatformAccountService implements OnApplicationBootstrap {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: AccountNumberVault,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly rails: Rails,
    private readonly files: PayoutFileRepository,
    @Inject(Config) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.embedded) return;
    await this.unitOfWork.run(async (tx) => {
      for (const [currency, account] of SAMPLES)
        await ACCOUNTS.upsert(tx, [this.rowOf(currency, account)], ['currency']);
    });
  }

  /**
   * Sets the account that payouts of a currency leave from. An approval that bound the one before is void. Throws
   * `payout.file-unwritten` while a batch that was submitted waits for its file: it names the account that was approved.
   */
  async putAccount(by: Staff, currency: string, given: Debtor): Promise<PlatformAccountDto> {
    const account = { ...given, number: normaliseAccountNumber(given.number), bic: given.bic.toUpperCase() };
    assertAccount(account);
    return this.unitOfWork.run(async (tx) => {
      // Who submits holds the account too: this comes before it, or sees what it submitted.
      const known = await this.lockAccount(tx, currency);
      if (await this.files.isUnwritten(tx, this.rails.files(), currency)) throw fileUnwritten(currency);
      await ACCOUNTS.upsert(tx, [this.rowOf(currency, account)], ACCOUNTS.properties);
      const after = view(await this.getAccount(tx, currency));
      await this.auditLog.record(tx, {
        principal: by,
        action: 'platform-account.set',
        subject: currency,
        before: known && view(known),
        after,
      });
      return after;
    });
  }

  async listAccounts(): Promise<{ items: PlatformAccountDto[] }> {
    const rows = await this.unitOfWork.reader.find(PlatformAccountEntity, { order: { currency: 'ASC' } });
    return { items: rows.map(view) };
  }

  /** Throws `payout.no-platform-account`. */
  async getAccount(tx: EntityManager, currency: string): Promise<PlatformAccountEntity> {
    return (await tx.findOneBy(PlatformAccountEntity, { currency })) ?? none(currency);
  }

  /** {@link getAccount}, which nobody changes until the transaction ends. */
  async holdAccount(tx: EntityManager, currency: string): Promise<PlatformAccountEntity> {
    return (await this.lockAccount(tx, currency)) ?? none(currency);
  }

  private lockAccount(tx: EntityManager, currency: string): Promise<PlatformAccountEntity | null> {
    return tx.findOne(PlatformAccountEntity, { where: { currency }, lock: { mode: 'pessimistic_write' } });
  }

  /** The account in clear, for a rail. */
  open(account: PlatformAccountEntity): Debtor {
    const { holder, bic, country, town } = account;
    const sealed = { keyId: account.keyId, sealed: account.sealedNumber };
    const bankFile = readBankFileSettings(account.bankFile);
    return {
      holder,
      bic,
      country,
      town,
      bankFile,
      number: this.vault.open(sealed, platformSealContext(account.currency, account)),
    };
  }

  private rowOf(currency: string, account: Debtor): PlatformAccountEntity {
    const { holder, number, bic, country, town, bankFile } = account;
    const { keyId, sealed } = this.vault.seal(number, platformSealContext(currency, account));
    return {
      ...{ currency, holder, bic, country, town },
      keyId,
      sealedNumber: sealed,
      numberHash: this.vault.hash(number),
      lastFour: number.slice(-4),
      bankFile: bankFile === undefined ? null : JSON.stringify(bankFile),
      changedAt: this.clock.now(),
    };
  }
}

function none(currency: string): never {
  throw new DomainError<PayoutErrorCode>(
    'payout.no-platform-account',
    `There is no account that ${currency} leaves from.`,
  );
}

function fileUnwritten(currency: string): DomainError<PayoutErrorCode> {
  const detail = `A batch in ${currency} was submitted and its file is not written yet: wait for it, or have the batch withdrawn.`;
  return new DomainError('payout.file-unwritten', detail);
}

/** What an approval binds of the operator's account. */
export function debtorHash(account: PlatformAccountEntity): string {
  const { currency, holder, numberHash, bic, country, town, bankFile } = account;
  return contentHash({ currency, holder, numberHash, bic, country, town, ...(bankFile !== null && { bankFile }) });
}

/** What the number of the operator's account is bound to. */
export function platformSealContext(
  currency: string,
  { holder, country, bic }: Pick<Debtor, 'holder' | 'country' | 'bic'>,
) {
  return { bankAccountId: `platform:${currency}`, ownerId: 'platform', holder, country, bic };
}

function assertAccount({ number, bic, country, holder, town, bankFile }: Debtor): void {
  const contact = bankFile?.contact?.name;
  const faults: [pointer: string, detail: string | null][] = [
    ['/number', accountNumberFault(number, country)],
    ['/bic', bicFault(bic)],
    ['/holder', bankText(holder) === '' ? UNWRITABLE : null],
    ['/bankFile/contact/name', contact !== undefined && bankText(contact) === '' ? UNWRITABLE : null],
    ['/town', bankText(town) === '' ? UNWRITABLE : null],
  ];
  const errors = faults.flatMap(([pointer, detail]): FieldError[] => (detail === null ? [] : [{ pointer, detail }]));
  if (errors.length > 0) throw new DomainError('request.invalid', `${errors.length} field(s) are not valid.`, errors);
}

function view({
  currency,
  holder,
  lastFour,
  bic,
  country,
  town,
  bankFile,
  changedAt,
}: PlatformAccountEntity): PlatformAccountDto {
  const settings = readBankFileSettings(bankFile);
  return {
    currency,
    holder,
    maskedNumber: `••••${lastFour}`,
    bic,
    country,
    town,
    bankFile: settings,
    changedAt: changedAt.toISOString(),
  };
}
