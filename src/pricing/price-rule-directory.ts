import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../core/config.js';
import { DirectoryAges } from '../core/directory-ages.js';
import { RefreshedDirectory } from '../core/refreshed-directory.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Logger } from '../core/logger.js';
import { RuleBook, type RulesInForce } from '../shared/rule-book.js';
import { PriceRuleRepository, type PriceRule } from './price-rule.repository.js';
import type { PriceRuleVersion } from './price-rule.js';
import type { PriceRuleId } from '../shared/ids.js';

/** Every price rule from memory, at most a second old. */
@Injectable()
export class PriceRuleDirectory implements OnModuleInit, OnModuleDestroy {
  private readonly rules = new Map<PriceRuleId, PriceRule>();
  private book = new RuleBook<PriceRuleVersion>([]);
  private readonly directory: RefreshedDirectory<PriceRule>;

  constructor(
    repository: PriceRuleRepository,
    unitOfWork: UnitOfWork,
    @Inject(Config) config: Config,
    private readonly logger: Logger,
    ages: DirectoryAges,
  ) {
    this.directory = new RefreshedDirectory<PriceRule>(
      (since) => repository.changedSince(unitOfWork.reader, since),
      (rules) => this.apply(rules),
      config.directoryRefreshMs,
      (error) => this.stale(error),
    ).watchedBy(ages, 'price-rules');
  }

  async onModuleInit(): Promise<void> {
    await this.directory.start();
  }

  onModuleDestroy(): void {
    this.directory.stop();
  }

  /** The rules in force at a moment. */
  at(at: Date): RulesInForce<PriceRuleVersion> {
    return this.book.at(at);
  }

  /** Looks for changes at once, after this process has committed one. */
  async refresh(): Promise<void> {
    await this.directory.refresh().catch((error: unknown) => this.stale(error));
  }

  private apply(rules: PriceRule[]): void {
    const news = rules.filter((rule) => stamp(rule) !== stamp(this.rules.get(rule.id)));
    if (news.length === 0) return;
    for (const rule of news) this.rules.set(rule.id, rule);
    this.book = new RuleBook([...this.rules.values()].flatMap((rule) => rule.versions));
  }

  private stale(error: unknown): void {
    this.logger.warn('price rules could not be refreshed; the last known ones stand', { err: error });
  }
}

/** All that can change of a rule: versions are added, and it is ended once. */
function stamp(rule: PriceRule | undefined): string {
  return rule ? `${rule.versions.length} ${rule.endedAt?.toISOString() ?? ''}` : '';
}
