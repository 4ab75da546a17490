import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AccessModule } from '../../../src/access/access.module.js';
import type { Storefront } from '../../../src/database/storefronts/storefront.js';
import { StorefrontEntity } from '../../../src/database/storefronts/storefront.entity.js';
import { DatabaseModule } from '../../../src/database/database.module.js';
import { MerchantApplicationService } from '../../../src/database/applications/merchant-application.service.js';
import { OrdersModule } from '../../../src/detection/orders/orders.module.js';
import { VisitTokens } from '../../../src/detection/visits/visit-tokens.js';
import { OrderService } from '../../../src/detection/orders/order.service.js';
import { FinanceModule } from '../../../src/finance/finance.module.js';
import { MaturityService } from '../../../src/finance/rewards/maturity.service.js';
import { PayoutDeliveryService } from '../../../src/finance/payouts/delivery/payout-delivery.service.js';
import { PostingService } from '../../../src/finance/rewards/posting.service.js';
import { AdjustmentService } from '../../../src/finance/decisions/adjustments/adjustment.service.js';
import { CouponExpiryService } from '../../../src/finance/assets/coupons/coupon-expiry.service.js';
import { CouponUseService } from '../../../src/finance/assets/redemptions/coupon-use.service.js';
import { CouponTemplateEntity } from '../../../src/finance/assets/coupons/coupon.entity.js';
import { CouponService } from '../../../src/finance/assets/coupons/coupon.service.js';
import { PointsExpiryService } from '../../../src/finance/assets/points/points-expiry.service.js';
import { RedemptionReversalService } from '../../../src/finance/assets/redemptions/redemption-reversal.service.js';
import { RedemptionService } from '../../../src/finance/assets/redemptions/redemption.service.js';
import { allInvariants } from '../../../src/finance/audit/all-invariants.js';
import { AuditService } from '../../../src/finance/audit/audit.service.js';
import type { SqlInvariant } from '../../../src/finance/ledger/invariant.js';
import { HoldService } from '../../../src/finance/decisions/holds/hold.service.js';
import { OPEN_RESULTS } from '../../../src/finance/payouts/bank-reports/bank-report.entity.js';
import { BankReportService } from '../../../src/finance/payouts/bank-reports/bank-report.service.js';
import { LineDecisionService } from '../../../src/finance/payouts/bank-reports/line-decision.service.js';
import { PayoutContradictionService } from '../../../src/finance/payouts/delivery/payout-contradiction.service.js';
import { PayoutBatchService } from '../../../src/finance/payouts/batches/payout-batch.service.js';
import { PayoutDraftService } from '../../../src/finance/payouts/batches/payout-draft.service.js';
import { PayoutRefreshService } from '../../../src/finance/payouts/batches/payout-refresh.service.js';
import { PayoutRequestService } from '../../../src/finance/payouts/batches/payout-request.service.js';
import { PayoutPolicyService } from '../../../src/finance/payouts/terms/payout-policy.service.js';
import { HttpBankRail } from '../../../src/finance/payouts/rails/http-bank.rail.js';
import {
  OnlineRail,
  type PaymentOrder,
  type QueryAnswer,
  type SendAnswer,
} from '../../../src/finance/payouts/rails/payout-rail.js';
import { RewardsModule } from '../../../src/finance/rewards/rewards.module.js';
import { WakeUp, type WakeUpJob } from '../../../src/core/wake-up.js';
import { insertRule } from '../order-events.js';
import { offenders } from '../poster.js';
import { filledForm, staff, startRegistry } from '../registry.js';
import { roomsOf } from '../rooms.js';
import { testConfig } from '../test-config.js';
import { createTestDatabase } from '../test-database.js';
import { COUPON } from './coupon-model.js';
import type { ModelRule } from './order-model.js';
import type { Said, Who } from './steps.js';
import { TouchedTables } from './touched-tables.js';
import {
  isId,
  type BankReportId,
  type MerchantId,
  type OrderEventId,
  type PayoutContradictionId,
  type VisitId,
} from '../../../src/shared/ids.js';

/** Nothing is late in the time that a history takes. */
const SWEEP_SECONDS = 600;

const INVARIANTS: readonly Pick<SqlInvariant, 'title' | 'sql'>[] = [
  ...allInvariants(SWEEP_SECONDS),
  { title: 'no event is set aside', sql: "SELECT error offender FROM order_event WHERE state = 'parked'" },
];
/** Remembers what was announced; nothing is posted unless the history says so. */
class Announcements extends WakeUp {
  private waiting: OrderEventId[] = [];

  announce(job: WakeUpJob, ids: readonly string[]): void {
    if (job === 'rewards.post') this.waiting.push(...ids.filter((id) => isId('orderEvent', id)));
  }

  take(): OrderEventId[] {
    return this.waiting.splice(0);
  }
}

/** A bank that says what the history says. It notices a reference that comes with other contents. */
class ScriptedRail extends OnlineRail {
  readonly name = 'http-bank';
  readonly limits = { payouts: 10_000, amount: 99_999_999_999n };
  readonly available = true;
  readonly timeoutMs = 1000;
  says: (reference: string) => { submit: Said; status: Said } = () => ({ submit: 'unknown', status: 'unknown' });
  /** References that were sent since this was cleared. */
  readonly submitted = new Set<string>();
  /** The amount by reference. */
  readonly sent = new Map<string, bigint>();
  private readonly contents = new Map<string, string>();
  readonly mistakes: string[] = [];

  express(): { holderSent: string } {
    return { holderSent: 'Somebody' };
  }

  async submit(order: PaymentOrder): Promise<SendAnswer> {
    const content = `${order.amount} ${order.currency} ${order.number}`;
    if ((this.contents.get(order.reference) ?? content) !== content) this.mistakes.push(`${order.reference} changed`);
    this.contents.set(order.reference, content);
    this.sent.set(order.reference, order.amount);
    this.submitted.add(order.reference);
    const answer = await this.answer(this.says(order.reference).submit);
    if (answer.kind === 'failed') return { ...answer, kind: 'refused' };
    return answer.kind === 'not-found' ? { kind: 'unknown', reason: 'no answer' } : answer;
  }

  status(order: PaymentOrder): Promise<QueryAnswer> {
    return this.answer(this.says(order.reference).status);
  }

  private answer(said: Said): Promise<QueryAnswer> {
    if (said === 'throws') return Promise.reject(new Error('a fault of ours'));
    return Promise.resolve(ANSWERS[said]);
  }
}

const ANSWERS: Readonly<Record<Exclude<Said, 'throws'>, QueryAnswer>> = {
  accepted: { kind: 'accepted' },
  paid: { kind: 'paid' },
  failed: { kind: 'failed', code: 'AM04', reason: '' },
  'bad-account': { kind: 'failed', code: 'AC04', reason: '' },
  unknown: { kind: 'unknown', reason: 'no answer' },
  'not-found': { kind: 'not-found' },
  'try-later': { kind: 'try-later', afterMs: 60_000 },
};

type RuleOptions = Partial<Pick<ModelRule, 'product' | 'hold' | 'bonus' | 'budget'>>;
type RuleOf = readonly [who: number, asset: string, terms: ModelRule['terms'], more?: RuleOptions];

/** Rules of the plainest kinds: what each merchant earns does not depend on what went before. */
export const PLAIN_RULES: readonly RuleOf[] = [
  [0, 'CNY', { bps: 290n }],
  [0, 'POINTS', { fixed: 7n }],
  [1, 'CNY', { bps: 1_000n }, { hold: true }],
  [1, 'POINTS', { per: 100n }, { product: 'sku1' }],
  [2, 'CNY', { fixed: 60n }, { product: 'sku0' }],
  [2, 'CNY', { bps: 515n, cap: 900n }, { hold: true }],
];

const TIERS = [
  { from: 0n, bps: 290n },
  { from: 1_000n, bps: 425n },
  { from: 60_000n, bps: 610n },
];
const EVERY_RULE: readonly RuleOf[] = [
  [0, 'CNY', { tiers: TIERS }],
  ...PLAIN_RULES.slice(1),
  [1, 'POINTS', { per: 1_000n }, { bonus: true, budget: 60n }],
  [0, COUPON, { fixed: 2n }, { hold: true }],
  [1, COUPON, { fixed: 1n }],
];

/** The whole program on a database of its own, without HTTP and queue, with three merchants and their reward rules. */
export class Program {
  readonly storefront: Storefront = {
    id: 'sto_history',
    name: 'Shop',
    currency: 'CNY',
    homeUrl: 'https://shop.example/',
    origins: [],
    codeParameter: 'm',
    attributionWindowDays: 30,
    touch: 'last',
    askAgainDays: null,
    timeZone: 'Asia/Shanghai',
  };
  readonly merchants: MerchantId[] = [];
  readonly rules: ModelRule[] = [];
  private emptied: string[] = [];
  private readonly touched = new TouchedTables(INVARIANTS);

  private constructor(
    private readonly module: TestingModule,
    private readonly announcements: Announcements,
    readonly rail: ScriptedRail,
  ) {}

  static async start(rules: readonly RuleOf[] = EVERY_RULE): Promise<Program> {
    const databaseUrl = await createTestDatabase();
    const environment = {
      YINKE_EMBEDDED: '1',
      YINKE_SWEEP_SECONDS: String(SWEEP_SECONDS),
      YINKE_LOG_LEVEL: 'silent',
      YINKE_POINTS_LIFETIME_DAYS: '365',
      DATABASE_POOL_SIZE: '8',
    };
    const announcements = new Announcements();
    const rail = new ScriptedRail();
    const rooms = [AccessModule, DatabaseModule, OrdersModule, RewardsModule, FinanceModule];
    const module = await roomsOf(testConfig(databaseUrl, environment), rooms, announcements)
      .overrideProvider(HttpBankRail)
      .useValue(rail)
      .compile();
    await module.init();
    const program = new Program(module, announcements, rail);
    await program.setUp(databaseUrl, rules);
    program.dataSource.logger = program.touched;
    return program;
  }

  close(): Promise<void> {
    return this.module.close();
  }

  get orders() {
    return this.module.get(OrderService, { strict: false });
  }
  get posting() {
    return this.module.get(PostingService, { strict: false });
  }
  get maturity() {
    return this.module.get(MaturityService, { strict: false });
  }
  get adjustments() {
    return this.module.get(AdjustmentService, { strict: false });
  }
  get holds() {
    return this.module.get(HoldService, { strict: false });
  }
  get redemptions() {
    return this.module.get(RedemptionService, { strict: false });
  }
  get reversals() {
    return this.module.get(RedemptionReversalService, { strict: false });
  }
  get pointsExpiry() {
    return this.module.get(PointsExpiryService, { strict: false });
  }
  get coupons() {
    return this.module.get(CouponService, { strict: false });
  }
  get couponUse() {
    return this.module.get(CouponUseService, { strict: false });
  }
  get couponExpiry() {
    return this.module.get(CouponExpiryService, { strict: false });
  }
  get refreshes() {
    return this.module.get(PayoutRefreshService, { strict: false });
  }

  get requests() {
    return this.module.get(PayoutRequestService, { strict: false });
  }

  get batches() {
    return this.module.get(PayoutBatchService, { strict: false });
  }
  get drafts() {
    return this.module.get(PayoutDraftService, { strict: false });
  }
  get policies() {
    return this.module.get(PayoutPolicyService, { strict: false });
  }
  get delivery() {
    return this.module.get(PayoutDeliveryService, { strict: false });
  }
  get audit() {
    return this.module.get(AuditService, { strict: false });
  }
  get reports() {
    return this.module.get(BankReportService, { strict: false });
  }

  /**
   * A person looks at every bank line and rail's word that waits, and leaves the books as they are. That such a line holds up
   * releases, retries and batches is for the specs of bank reports.
   */
  async dismissWhatWaits(): Promise<void> {
    const by = this.staff('maker');
    const lines = await this.query<{ report_id: BankReportId; line: number }>(
      'SELECT report_id, line FROM bank_report_line WHERE result IN (?)',
      [OPEN_RESULTS],
    );
    const decisions = this.module.get(LineDecisionService, { strict: false });
    for (const { report_id: reportId, line } of lines) await decisions.dismissLine(by, `${reportId}-${line}`, 'Seen.');
    const words = await this.query<{ id: PayoutContradictionId }>(
      'SELECT id FROM payout_contradiction WHERE settled_at IS NULL',
    );
    const contradictions = this.module.get(PayoutContradictionService, { strict: false });
    for (const { id } of words) await contradictions.settleContradiction(by, id, 'Seen.');
  }

  get caller() {
    return { storefront: this.storefront, keyId: 'key_history' as const };
  }

  staff(who: Who) {
    return { kind: 'staff' as const, staffId: `stf_${who}` as const, email: `${who}@yinke.test`, roles: [] };
  }

  /** Events that were announced since the last time. */
  takeAnnounced(): OrderEventId[] {
    return this.announcements.take();
  }

  get dataSource() {
    return this.module.get(DataSource);
  }

  query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.dataSource.query(sql, parameters);
  }

  /** A visit token of a shopper whom this merchant brought. */
  visitOf(merchantId: MerchantId): string {
    const now = new Date();
    const id: VisitId = 'vis_01kb4z7x8tenr9k0q5w3hvd2sj';
    const touch = { merchantId, via: 'code' as const, visitId: id, at: now.toISOString() };
    const claims = { id, storefrontId: this.storefront.id, codeStatus: 'known' as const };
    const visit = { ...claims, touches: [touch], previous: 'none' as const };
    return this.module.get(VisitTokens, { strict: false }).issue(visit, this.storefront, now).token;
  }

  /** Everything as it was before any history. Also clears what a history that failed half-way left. */
  async forget(): Promise<void> {
    for (const table of this.emptied) await this.query(`DELETE FROM \`${table}\``);
    await this.query("UPDATE merchant SET state = 'active'");
    this.announcements.take();
    this.rail.sent.clear();
    this.rail.mistakes.length = 0;
  }

  /** What breaks an invariant now that held before, in words: all that SQL can tell, in one statement. */
  async offenders(): Promise<string[]> {
    const sql = this.touched
      .invariants()
      .map((one) => `SELECT '${one.title}' title, CAST(x.offender AS CHAR) offender FROM (${one.sql}) x`);
    const found =
      sql.length === 0 ? [] : await this.query<{ title: string; offender: string }>(sql.join(' UNION ALL '));
    return [...found.map(({ title, offender }) => `${title}: ${offender}`), ...this.rail.mistakes];
  }

  /** The audit as finance staff run it. */
  auditOffenders(): Promise<string[]> {
    return offenders(this.module);
  }

  private async setUp(databaseUrl: string, rules: readonly RuleOf[]): Promise<void> {
    const registry = await startRegistry(databaseUrl);
    const applications = registry.get(MerchantApplicationService);
    for (const name of ['anna', 'berta', 'clara']) {
      const number = `62220212345678900${this.merchants.length}`;
      const bankAccount = {
        holder: 'Somebody',
        holderLatin: null,
        town: null,
        number,
        bankName: 'ICBC',
        bic: null,
        country: 'CN',
      };
      const { id } = await applications.submit(filledForm({ wechatId: `${name}_88`, bankAccount }));
      this.merchants.push((await applications.approve(id, null, staff('reviewer'))).id);
    }
    await registry.close();
    const { dataSource } = this;
    const since = { createdAt: new Date(), updatedAt: new Date() };
    await dataSource.manager.insert(StorefrontEntity, { ...this.storefront, ...since });
    const rule = async (
      who: number,
      asset: string,
      terms: ModelRule['terms'],
      { product = null, hold = false, bonus = false, budget = null }: RuleOptions = {},
    ) => {
      const merchant = this.merchants[who] ?? 'mer_none';
      const grant =
        'bps' in terms
          ? { kind: 'percent' as const, rateBps: Number(terms.bps), ...(terms.cap && { cap: Number(terms.cap) }) }
          : 'fixed' in terms
            ? { kind: 'fixed' as const, amount: Number(terms.fixed) }
            : 'per' in terms
              ? { kind: 'per-amount' as const, per: Number(terms.per), units: 1 }
              : {
                  kind: 'tiered' as const,
                  mode: 'whole' as const,
                  tiers: terms.tiers.map(({ from, bps }) => ({ from: Number(from), rateBps: Number(bps) })),
                };
      const limits = budget === null ? {} : { budgets: { perMerchantMonth: Number(budget) } };
      const scope = { merchant, ...(product !== null && { product }) };
      const grants = [{ asset, ...grant, ...limits }];
      const id = await insertRule(dataSource, grants, scope, hold ? 7 : undefined, bonus ? { bonus } : undefined);
      this.rules.push({ id, merchant, product, asset, terms, hold, bonus, budget });
    };
    for (const [who, asset, terms, more] of rules) await rule(who, asset, terms, more);
    await dataSource.manager.insert(CouponTemplateEntity, {
      name: COUPON.slice('COUPON:'.length),
      currency: 'CNY',
      kind: 'amount-off',
      amount: 500n,
      categories: [],
      excludedCategories: [],
      validDays: 30,
      createdAt: new Date(),
    });
    for (const row of await this.query<Record<string, string>>('SHOW TABLES')) {
      const [table = ''] = Object.values(row);
      if ((await this.query(`SELECT 1 FROM \`${table}\` LIMIT 1`)).length === 0) this.emptied.push(table);
    }
  }
}
