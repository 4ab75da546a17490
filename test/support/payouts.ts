import type { DataSource } from 'typeorm';
import type { TestingModule } from '@nestjs/testing';
import { MerchantApplicationService } from '../../src/database/applications/merchant-application.service.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { PayoutDeliveryService } from '../../src/finance/payouts/delivery/payout-delivery.service.js';
import { clawbackEntries, creditEntries, operatorEntry, type Book } from '../../src/finance/ledger/book.js';
import type { EntryDraft } from '../../src/finance/ledger/journal.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { bankReportInvariants } from '../../src/finance/payouts/bank-reports/bank-report-invariants.js';
import { payoutInvariants } from '../../src/finance/payouts/payout-invariants.js';
import { HttpBankRail } from '../../src/finance/payouts/rails/http-bank.rail.js';
import { createStaff, createWorld, type World } from './actors.js';
import { startBankSimulator } from '../../simulators/http-bank.mjs';
import type { Answer, HttpClient } from './http-client.js';
import { filledForm, staff, startRegistry } from './registry.js';
import { startTestApp, type TestApp } from './test-app.js';
import type { MerchantId } from '../../src/shared/ids.js';

export type Bank = Awaited<ReturnType<typeof startBankSimulator>>;

export const IBANS = [
  'DE02120300000000202051',
  'DE02500105170137075030',
  'DE02100500000054540402',
  'FR1420041010050500013M02606',
];

/** The API with a bank beside it, and short cuts for what payout tests do over and over. */
export class PayoutWorld {
  private merchants = 0;

  private constructor(
    readonly testApp: TestApp,
    readonly bank: Bank,
    readonly world: World,
    private readonly registry: TestingModule,
  ) {}

  static async start(overrides: NodeJS.ProcessEnv = {}): Promise<PayoutWorld> {
    const bank = await startBankSimulator();
    const environment = { YINKE_HTTP_BANK_URL: bank.url, YINKE_HTTP_BANK_TIMEOUT_MS: '60000', YINKE_EMBEDDED: '1' };
    const testApp = await startTestApp({ ...environment, ...overrides });
    const registry = await startRegistry(testApp.databaseUrl);
    return new PayoutWorld(testApp, bank, await createWorld(testApp), registry);
  }

  async close(): Promise<void> {
    await this.registry.close();
    await this.testApp.close();
    await this.bank.close();
  }

  get db(): DataSource {
    return this.testApp.db;
  }

  get delivery(): PayoutDeliveryService {
    return this.testApp.app.get(PayoutDeliveryService);
  }

  /** An approved merchant with a bank account and cash. */
  async merchant(
    cash: bigint,
    account: { number?: string; country?: string; holder?: string; holderLatin?: string; town?: string } | null = {},
    currency = 'CNY',
  ) {
    this.merchants += 1;
    const number = account?.number ?? `62220212345${String(this.merchants).padStart(8, '0')}`;
    const applications = this.registry.get(MerchantApplicationService);
    const given = {
      holder: account?.holder ?? '王小明',
      holderLatin: account?.holderLatin ?? null,
      town: account?.town ?? null,
      number,
      bankName: '工商银行',
      bic: null,
      country: account?.country ?? 'CN',
    };
    const form = filledForm({ wechatId: `merchant_${this.merchants}`, bankAccount: account && given });
    const { id: applicationId, token } = await applications.submit(form);
    const { id } = await applications.approve(applicationId, null, staff('reviewer'));
    if (cash > 0n) await this.credit(id, cash, currency);
    return { id, number, applicationToken: token };
  }

  /** Cash that a merchant earned. */
  credit(merchantId: MerchantId, amount: bigint, asset = 'CNY'): Promise<void> {
    return this.move(merchantId, asset, -amount, (book) => creditEntries(book, { merchantId, asset, amount }));
  }

  /** Cash that is taken back, whether it is there or not. */
  takeBack(merchantId: MerchantId, amount: bigint, asset = 'CNY'): Promise<void> {
    return this.move(merchantId, asset, amount, (book) => clawbackEntries(book, { merchantId, asset, amount }));
  }

  private async move(merchantId: MerchantId, asset: string, cost: bigint, entriesOf: (book: Book) => EntryDraft[]) {
    const businessKey = `test:${Math.random()}`;
    await this.testApp.app.get(UnitOfWork).run((tx) =>
      this.testApp.app.get(Ledger).post(tx, [{ merchantId, asset }], (book) =>
        book.post({
          businessKey,
          kind: cost < 0n ? 'reward' : 'refund',
          description: 'A test.',
          occurredAt: new Date(),
          cause: { type: 'order-event', id: 'evt_test' },
          entries: [...entriesOf(book), operatorEntry('reward-cost', { asset, amount: cost })],
        }),
      ),
    );
  }

  async balances(merchantId: MerchantId, asset = 'CNY') {
    const [row] = await this.db.query(
      'SELECT available, reserved, held, owed FROM account WHERE merchant_id = ? AND asset = ?',
      [merchantId, asset],
    );
    return Object.fromEntries(Object.entries<string>(row ?? {}).map(([name, value]) => [name, Number(value)]));
  }

  draft(merchants: { id: string }[], more: Record<string, unknown> = {}): Promise<Answer> {
    const body = { currency: 'CNY', rail: 'http-bank', merchants: merchants.map(({ id }) => id), ...more };
    return this.world.maker.post('/v1/payout-batches', body);
  }

  /** Sets the terms of payouts of a currency. */
  async policy(terms: object, currency = 'CNY'): Promise<any> {
    const { status, text, body } = await this.world.admin.put(`/v1/payout-policies/${currency}`, terms);
    if (status !== 200) throw new Error(text);
    return body;
  }

  /** The balance of an account over everybody, or of the entries of one payout. */
  async total(account: string, payoutId?: string): Promise<number> {
    const [{ sum }] = await this.db.query(
      `SELECT COALESCE(SUM(amount), 0) sum FROM entry WHERE account = ? ${payoutId === undefined ? '' : 'AND payout_id = ?'}`,
      [account, ...(payoutId === undefined ? [] : [payoutId])],
    );
    return Number(sum);
  }

  /** One step of a batch, by whoever does it. */
  step(
    id: string,
    step: 'request-approval' | 'approve' | 'reject' | 'cancel' | 'submit',
    by?: HttpClient,
    body?: unknown,
  ) {
    const doer = by ?? (step === 'approve' || step === 'reject' ? this.world.checker : this.world.maker);
    return doer.post(`/v1/payout-batches/${id}/${step}`, body);
  }

  /** Drafted and approved. */
  async approved(merchants: { id: string }[], more: Record<string, unknown> = {}): Promise<any> {
    const { body } = await this.draft(merchants, more);
    for (const step of ['request-approval', 'approve'] as const) {
      const { status, text } = await this.step(body.id, step);
      if (status !== 200) throw new Error(`${step}: ${text}`);
    }
    return body;
  }

  /** Drafted, approved and submitted; nothing was sent yet, unless there is a file. */
  async submitted(merchants: { id: string }[], more: Record<string, unknown> = {}): Promise<any> {
    const draft = await this.approved(merchants, more);
    const { status, text } = await this.step(draft.id, 'submit');
    if (status !== 200) throw new Error(`submit: ${text}`);
    return draft;
  }

  /** Lets what is open now rest, so that the next test is not about it too. */
  async rest(): Promise<void> {
    await this.db.query(
      `UPDATE payout SET next_attempt_at = NOW(6) + INTERVAL 20 HOUR WHERE state IN ('submitting', 'unknown', 'accepted')`,
    );
  }

  /** The worker's turn, after however long it would have waited. */
  async poll(): Promise<void> {
    await this.db.query(
      `UPDATE payout SET next_attempt_at = '2000-01-01' WHERE attempts > 0 AND next_attempt_at < NOW(6) + INTERVAL 10 HOUR`,
    );
    await this.delivery.pollOpenPayouts();
  }

  /** Does something while the rail soon gives up waiting for the bank; otherwise it waits for as long as it takes. */
  async impatiently<T>(work: () => Promise<T>): Promise<T> {
    const rail = this.testApp.app.get<{ timeoutMs: number }>(HttpBankRail);
    const { timeoutMs } = rail;
    rail.timeoutMs = 100;
    try {
      return await work();
    } finally {
      rail.timeoutMs = timeoutMs;
    }
  }

  async payouts(batchId: string): Promise<any[]> {
    return (await this.world.auditor.get(`/v1/payout-batches/${batchId}/payouts`)).body.items;
  }

  /** All pages of them. */
  async allPayouts(batchId: string): Promise<any[]> {
    const found: any[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await this.world.auditor.get(`/v1/payout-batches/${batchId}/payouts?limit=200${next}`);
      found.push(...body.items);
      cursor = body.nextCursor;
    }
    return found;
  }

  async states(batchId: string): Promise<string[]> {
    return (await this.payouts(batchId)).map((payout) => payout.state);
  }

  async batch(batchId: string): Promise<any> {
    return (await this.world.auditor.get(`/v1/payout-batches/${batchId}`)).body;
  }

  /** Offenders of every invariant about payouts, and journals and balances that do not add up; empty when all is well. */
  async offenders(): Promise<string[]> {
    const general = [
      'SELECT journal_id offender FROM entry GROUP BY journal_id, asset HAVING SUM(amount) <> 0',
      `SELECT a.merchant_id offender FROM account a WHERE a.available + a.reserved + a.held + a.owed + a.pending <>
         (SELECT COALESCE(SUM(e.amount), 0) FROM entry e WHERE e.owner = a.merchant_id AND e.asset = a.asset)`,
    ];
    const found: string[] = [];
    for (const sql of [...general, ...[...payoutInvariants, ...bankReportInvariants].map((one) => one.sql)])
      for (const row of await this.db.query(sql)) found.push(row.offender);
    return found;
  }

  staffMember(...roles: Parameters<typeof createStaff>[2]) {
    return createStaff(this.testApp, this.world.admin, roles);
  }
}
