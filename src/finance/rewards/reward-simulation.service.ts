import { Readable } from 'node:stream';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { StorefrontDirectory } from '../../database/index.js';
import { Config } from '../../core/config.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { OrderReader, type CompletedKey, type CompletedPeriod, type OrderView } from '../../detection/orders/index.js';
import { Logger } from '../../core/logger.js';
import { RuleReferences } from '../../pricing/index.js';
import { DomainError, type FieldError, type SharedErrorCode } from '../../shared/domain-error.js';
import { newId, type OrderPk } from '../../shared/ids.js';
import { ProblemTable } from '../../core/problem-table.js';
import { RuleBook } from '../../shared/rule-book.js';
import { RewardRuleTermsDto } from './reward-rule.dto.js';
import { RewardRuleRepository } from './reward-rule.repository.js';
import { rewardTerms } from './reward-rule-terms.js';
import type { RewardRuleVersion } from './reward-rule.js';
import type { DraftRuleDto, SimulateRulesDto } from './reward-simulation.dto.js';
import { RewardSimulation } from './reward-simulation.js';
import { RewardTallyRepository, type ShopperOrder } from './reward-tally.repository.js';
import { RewardRepository } from './reward.repository.js';

/** Orders read at once; nothing of a page is kept when the next one is read. */
const PAGE = 500;

/** What draft rules would have cost on past orders. Reads, and writes nothing. */
@Injectable()
export class RewardSimulationService implements BeforeApplicationShutdown {
  private readonly running = new Set<Readable>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderReader,
    private readonly rules: RewardRuleRepository,
    private readonly rewards: RewardRepository,
    private readonly counters: RewardTallyRepository,
    private readonly references: RuleReferences,
    private readonly storefronts: StorefrontDirectory,
    private readonly problems: ProblemTable,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {}

  /**
   * NDJSON: `{ progress: { orders, of } }` after each page of orders, and `{ result }` or `{ problem }` in the end. It
   * reads no faster than the caller does, and stops when the caller has gone. Throws `request.invalid`.
   */
  async simulateRules(dto: SimulateRulesDto): Promise<Readable> {
    const period = this.periodOf(dto);
    const drafts = await this.drafts(dto);
    const { rows: existing } = await this.rules.changedSince(this.unitOfWork.reader, null);
    const versions = dto.replaceExisting === true ? drafts : [...existing.flatMap((rule) => rule.versions), ...drafts];
    const lines = Readable.from(this.lines(period, new RewardSimulation(new RuleBook(versions))));
    this.running.add(lines);
    lines.once('close', () => this.running.delete(lines));
    return lines;
  }

  /** A simulation is cut off between two pages: the caller sees no result. */
  beforeApplicationShutdown(): void {
    for (const lines of this.running) lines.destroy();
  }

  private async *lines(period: CompletedPeriod, simulation: RewardSimulation): AsyncGenerator<string> {
    try {
      const of = await this.orders.countCompleted(period);
      let orders = 0;
      yield line({ progress: { orders, of } });
      for (let after: CompletedKey | null = null; ;) {
        const page = await this.orders.findCompleted(period, after, PAGE);
        after = page.last;
        if (after === null) break;
        await this.simulate(simulation, page.orders);
        orders += page.orders.length;
        yield line({ progress: { orders, of } });
      }
      yield line({ result: simulation.result });
    } catch (err) {
      this.logger.error('a simulation of reward rules failed', { err });
      yield line({ problem: this.problems.describe(err) });
    }
  }

  private async simulate(simulation: RewardSimulation, page: readonly OrderView[]): Promise<void> {
    const first = await this.firstOrders(page);
    for (const view of page) {
      simulation.addOrder(view, {
        rewardOwnPurchases: this.config.rewardOwnPurchases,
        firstOrder: first.has(view.order.id),
        timeZone: this.storefronts.find(view.order.storefrontId)?.timeZone ?? null,
      });
    }
    const ids = page.map(({ order }) => order.id);
    for (const sum of await this.rewards.sumOfOrders(await this.unitOfWork.heavyReader(), ids))
      simulation.addGranted(sum);
  }

  private async firstOrders(page: readonly OrderView[]): Promise<ReadonlySet<OrderPk>> {
    const shoppers = page.flatMap(({ order: { id, storefrontId, shopperRef } }): ShopperOrder[] =>
      shopperRef === null ? [] : [{ id, storefrontId, shopperRef }],
    );
    return this.counters.findFirstOrders(await this.unitOfWork.heavyReader(), shoppers);
  }

  private periodOf({ from, to, storefront }: SimulateRulesDto): CompletedPeriod {
    const period = { from: new Date(from), to: new Date(to), storefrontId: storefront ?? null };
    const errors: FieldError[] = [];
    if (period.to <= period.from) errors.push({ pointer: '/to', detail: 'must be later than from' });
    if (storefront != null && !this.storefronts.find(storefront))
      errors.push({ pointer: '/storefront', detail: 'is no storefront' });
    if (errors.length > 0) throw invalid(errors);
    return period;
  }

  /** The drafts as rules that were made just now. */
  private async drafts({ rules, from }: SimulateRulesDto): Promise<RewardRuleVersion[]> {
    const versions: RewardRuleVersion[] = [];
    for (const [index, draft] of rules.entries()) {
      try {
        const terms = rewardTerms(termsDto(draft, from), (id) => this.storefronts.find(id)?.currency);
        await this.references.check(this.unitOfWork.reader, terms);
        versions.push({ ...terms, ruleId: newId('rewardRule'), version: 1, endedAt: null });
      } catch (error) {
        if (!(error instanceof DomainError) || !error.errors) throw error;
        throw invalid(error.errors.map(({ pointer, detail }) => ({ pointer: `/rules/${index}${pointer}`, detail })));
      }
    }
    return versions;
  }
}

function termsDto(draft: DraftRuleDto, from: string): RewardRuleTermsDto {
  return Object.assign(new RewardRuleTermsDto(), draft, { validFrom: draft.validFrom ?? from });
}

function line(content: object): string {
  return `${JSON.stringify(content)}\n`;
}

function invalid(errors: FieldError[]): DomainError<SharedErrorCode> {
  return new DomainError('request.invalid', `${errors.length} field(s) are not valid.`, errors);
}
