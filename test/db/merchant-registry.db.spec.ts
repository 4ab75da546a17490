import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { ApplicationTokens } from '../../src/access/application-tokens.js';
import { BankAccountChangeService } from '../../src/database/merchants/bank-account-change.service.js';
import { MerchantApplicationService } from '../../src/database/applications/merchant-application.service.js';
import { MerchantDirectory } from '../../src/database/merchants/merchant-directory.js';
import { MerchantRegistry } from '../../src/database/merchants/merchant-registry.js';
import { MerchantService } from '../../src/database/merchants/merchant.service.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import type { BankAccountDetails } from '../../src/database/bank-accounts/bank-account.js';
import { filledForm, staff, startRegistry } from '../support/registry.js';
import { createTestDatabase } from '../support/test-database.js';
import type { MerchantId } from '../../src/shared/ids.js';

const ACCOUNT: BankAccountDetails = {
  holder: '李华',
  holderLatin: null,
  town: null,
  number: '6222 0212-3456 7890123',
  bankName: '工商银行',
  bic: 'icbkcnbj',
  country: 'CN',
};
const CLEAR = '6222021234567890123';

let databaseUrl: string;
let registry: TestingModule;
let applications: MerchantApplicationService;
let merchants: MerchantService;
let bankAccounts: BankAccountChangeService;
let ports: MerchantRegistry;
let dataSource: DataSource;
let next = 0;

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  registry = await startRegistry(databaseUrl);
  applications = registry.get(MerchantApplicationService);
  merchants = registry.get(MerchantService);
  bankAccounts = registry.get(BankAccountChangeService);
  ports = registry.get(MerchantRegistry);
  dataSource = registry.get(DataSource);
});
afterAll(() => registry.close());

const newWechatId = () => `merchant_${(next += 1)}`;
const reviewer = staff('reviewer');

async function newMerchant(bankAccount: BankAccountDetails | null = null) {
  const { id } = await applications.submit(filledForm({ wechatId: newWechatId(), bankAccount }));
  return applications.approve(id, null, reviewer);
}

function beneficiary(merchantId: MerchantId) {
  return registry
    .get(UnitOfWork)
    .run((tx) => ports.findBeneficiaries(tx, [merchantId]))
    .then((found) => found.get(merchantId));
}

function outcomes(results: PromiseSettledResult<unknown>[]): Record<string, number> {
  const names = results.map((r) => (r.status === 'fulfilled' ? 'ok' : (r.reason.code ?? String(r.reason))));
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((n) => n === name).length]));
}

describe('registration', () => {
  it('makes one of fifty applications for a WeChat ID, in as many spellings, a merchant', async () => {
    const wechatId = 'fifty_spellings';
    const spellings = Array.from({ length: 50 }, (_, i) =>
      Array.from(wechatId)
        .map((letter, at) => ((i >> (at % 6)) & 1 ? letter.toUpperCase() : letter))
        .join(''),
    );
    const submitted = await Promise.all(spellings.map((id) => applications.submit(filledForm({ wechatId: id }))));
    const results = await Promise.allSettled(submitted.map(({ id }) => applications.approve(id, null, reviewer)));
    expect(outcomes(results)).toEqual({ ok: 1, 'application.wechat-id-taken': 49 });
  });

  it('gives 200 concurrent approvals 200 codes', async () => {
    const submitted = await Promise.all(
      Array.from({ length: 200 }, () => applications.submit(filledForm({ wechatId: newWechatId() }))),
    );
    const approved = await Promise.all(submitted.map(({ id }) => applications.approve(id, 'spring', reviewer)));
    expect(new Set(approved.map(({ code }) => code)).size).toBe(200);
    expect(new Set(approved.map(({ id }) => id)).size).toBe(200);
    const directory = registry.get(MerchantDirectory);
    for (const { id, code, wechatId } of approved) {
      expect(directory.byCode(` ${code.toLowerCase().slice(0, 4)}-${code.slice(4)}`)).toMatchObject({
        id,
        group: 'spring',
      });
      expect(directory.byWechatId(wechatId.toUpperCase())?.id).toBe(id);
    }
  });

  it('draws again when a code is taken', async () => {
    const { code } = await newMerchant();
    // Each connection draws the taken code first, and its own after that.
    await dataSource.query(`
      CREATE TRIGGER collide BEFORE INSERT ON merchant FOR EACH ROW
      SET NEW.code = IF((@drawn := COALESCE(@drawn, 0) + 1) = 1, '${code}', NEW.code)`);
    const small = await startRegistry(databaseUrl, { DATABASE_POOL_SIZE: '2' });
    try {
      const service = small.get(MerchantApplicationService);
      const { id } = await service.submit(filledForm({ wechatId: newWechatId(), bankAccount: ACCOUNT }));
      const merchant = await service.approve(id, null, reviewer);
      expect(merchant.code).not.toBe(code);
      expect((await beneficiary(merchant.id))?.number).toBe(CLEAR);
    } finally {
      await dataSource.query('DROP TRIGGER collide');
      await small.close();
    }
  });

  it('makes one merchant, however often and at once an application is approved', async () => {
    const { id } = await applications.submit(filledForm({ wechatId: newWechatId(), bankAccount: ACCOUNT }));
    const approved = await Promise.all(
      Array.from({ length: 20 }, (_, i) => applications.approve(id, `group-${i}`, staff(String(i)))),
    );
    expect(new Set(approved.map((merchant) => JSON.stringify(merchant))).size).toBe(1);
    expect(await dataSource.query('SELECT action FROM audit_log WHERE subject = ?', [id])).toEqual([
      { action: 'application.approved' },
    ]);
    const rows = await dataSource.query('SELECT id FROM merchant WHERE application_id = ?', [id]);
    expect(rows).toHaveLength(1);
  });

  it('lets either the approval or the rejection win, never both', async () => {
    const { id } = await applications.submit(filledForm({ wechatId: newWechatId() }));
    const results = await Promise.allSettled([
      applications.approve(id, null, reviewer),
      applications.reject(id, 'no', staff('other')),
      applications.reject(id, 'no', reviewer),
    ]);
    expect(outcomes(results)).toEqual({ ok: 1, 'application.wrong-state': 2 });
    const view = await applications.view(id);
    expect(view.merchant === null).toBe(view.state === 'rejected');
  });

  it('lets a rejected WeChat ID apply again, and keeps that of a closed merchant', async () => {
    const wechatId = newWechatId();
    const first = await applications.submit(filledForm({ wechatId, bankAccount: ACCOUNT }));
    await applications.reject(first.id, '名称不符', reviewer);
    expect(await applications.view(first.id)).toMatchObject({ state: 'rejected', reason: '名称不符', merchant: null });

    const second = await applications.submit(filledForm({ wechatId: wechatId.toUpperCase() }));
    const merchant = await applications.approve(second.id, null, reviewer);
    await merchants.close(merchant.id, 'moved away', reviewer);
    const third = await applications.submit(filledForm({ wechatId }));
    await expect(applications.approve(third.id, null, reviewer)).rejects.toThrow('application.wechat-id-taken');
  });

  it('gives the applicant a token for this application and no other', async () => {
    const { id, token } = await applications.submit(filledForm({ wechatId: newWechatId() }));
    expect(registry.get(ApplicationTokens).applicationOf(token)).toBe(id);
    expect(() => registry.get(ApplicationTokens).applicationOf(`${token}x`)).toThrow('access.unauthenticated');
  });
});

describe('the state of a merchant', () => {
  it('goes between active and suspended, and ends with closed', async () => {
    const { id } = await newMerchant();
    await expect(merchants.reactivate(id, reviewer)).rejects.toThrow('merchant.wrong-state');
    expect(await merchants.suspend(id, 'odd orders', reviewer)).toMatchObject({
      state: 'suspended',
      stateReason: 'odd orders',
    });
    expect(registry.get(MerchantDirectory).byId(id)?.state).toBe('suspended');
    expect(await merchants.reactivate(id, reviewer)).toMatchObject({ state: 'active', stateReason: null });
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => merchants.close(id, null, reviewer)));
    expect(outcomes(results)).toEqual({ ok: 1, 'merchant.wrong-state': 9 });
    await expect(merchants.reactivate(id, reviewer)).rejects.toThrow('merchant.wrong-state');
  });
});

describe('bank accounts', () => {
  it('stand in no column in clear, and open for payouts only', async () => {
    const merchant = await newMerchant(ACCOUNT);
    expect(merchant.bankAccount).toMatchObject({
      state: 'current',
      maskedNumber: '••••0123',
      holder: '李华',
      bic: 'ICBKCNBJ',
    });
    expect(await beneficiary(merchant.id)).toMatchObject({
      number: CLEAR,
      holder: '李华',
      lastFour: '0123',
      bic: 'ICBKCNBJ',
    });

    const tables = await dataSource.query<{ name: string }[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    for (const { name } of tables) {
      const dump = JSON.stringify(await dataSource.query(`SELECT * FROM \`${name}\``));
      expect(dump).not.toContain(CLEAR);
      expect(dump).not.toContain(ACCOUNT.number);
      expect(dump).not.toContain(Buffer.from(CLEAR).toString('base64').slice(0, 20));
    }
  });

  it('of one number have one hash, whoever gave it and however', async () => {
    const [one, other] = [await newMerchant(ACCOUNT), await newMerchant({ ...ACCOUNT, number: CLEAR })];
    expect((await beneficiary(one.id))?.numberHash).toBe((await beneficiary(other.id))?.numberHash);
  });

  it.each([
    ['the sealed number', (id: string) => `sealed_number = REVERSE(sealed_number) WHERE owner_id = '${id}'`],
    ['the holder', (id: string) => `holder = '王五' WHERE owner_id = '${id}'`],
    ['the holder in Latin letters', (id: string) => `holder_latin = 'Wang Wu' WHERE owner_id = '${id}'`],
    ['the town', (id: string) => `town = 'Bonn' WHERE owner_id = '${id}'`],
    ['the bank', (id: string) => `bic = 'DEUTDEFF' WHERE owner_id = '${id}'`],
  ])('do not open after somebody changed %s in the database', async (_what, change) => {
    const { id } = await newMerchant(ACCOUNT);
    await dataSource.query(`UPDATE bank_account SET ${change(id)}`);
    await expect(beneficiary(id)).rejects.toThrow('was changed');
  });

  it('do not open for another merchant to whom the row was moved', async () => {
    const [mine, thief] = [await newMerchant(ACCOUNT), await newMerchant()];
    await dataSource.query('UPDATE bank_account SET owner_id = ?, current_owner_id = ? WHERE owner_id = ?', [
      thief.id,
      thief.id,
      mine.id,
    ]);
    await expect(beneficiary(thief.id)).rejects.toThrow('was changed');
  });

  it('change only after a review by somebody else, the old one in force until then', async () => {
    const { id } = await newMerchant(ACCOUNT);
    const iban = { ...ACCOUNT, number: 'DE89 3704 0044 0532 0130 00', country: 'DE', bic: null };
    const change = await bankAccounts.fileChange(id, iban, reviewer);
    await expect(bankAccounts.fileChange(id, iban, reviewer)).rejects.toThrow('bank-account.change-waiting');
    await expect(bankAccounts.approveChange(id, change.id, reviewer)).rejects.toThrow('bank-account.same-person');
    expect((await beneficiary(id))?.number).toBe(CLEAR);

    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => bankAccounts.approveChange(id, change.id, staff(`other${i}`))),
    );
    expect(outcomes(results)).toEqual({ ok: 1, 'bank-account.wrong-state': 9 });
    expect(await beneficiary(id)).toMatchObject({ number: 'DE89370400440532013000', country: 'DE' });
    expect((await bankAccounts.history(id)).map(({ state }) => state)).toEqual(['replaced', 'current']);

    const refused = await bankAccounts.fileChange(id, ACCOUNT, reviewer);
    await bankAccounts.rejectChange(id, refused.id, 'unreadable', staff('other'));
    expect((await beneficiary(id))?.country).toBe('DE');
    const other = await newMerchant();
    await expect(bankAccounts.approveChange(other.id, change.id, staff('x'))).rejects.toThrow('bank-account.not-found');
  });

  it('of a closed merchant cannot change', async () => {
    const { id } = await newMerchant(ACCOUNT);
    await merchants.close(id, null, reviewer);
    await expect(bankAccounts.fileChange(id, ACCOUNT, reviewer)).rejects.toThrow('merchant.wrong-state');
  });
});

describe('the merchant directory', () => {
  it('of another process sees a change by itself, and goes on answering while the database is away', async () => {
    const other = await startRegistry(databaseUrl, { YINKE_DIRECTORY_REFRESH_MS: '100', YINKE_LOG_LEVEL: 'silent' });
    try {
      const directory = other.get(MerchantDirectory);
      const { id, code } = await newMerchant();
      await until(() => directory.byCode(code)?.state === 'active');
      await merchants.suspend(id, 'odd orders', reviewer);
      await until(() => directory.byCode(code)?.state === 'suspended');

      await other.get(DataSource).destroy();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(directory.byCode(code)).toMatchObject({ id, state: 'suspended' });
    } finally {
      await other.close();
    }
  });

  it('knows no merchant by what cannot be a code or a WeChat ID', () => {
    const directory = registry.get(MerchantDirectory);
    for (const typed of ['', ' ', '你好', 'ＡＢＣＤＥＦＧＨ', "' OR 1=1 --", 'x'.repeat(10_000)]) {
      expect(directory.byCode(typed)).toBeUndefined();
      expect(directory.byWechatId(typed)).toBeUndefined();
    }
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
