import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { RefreshedDirectory } from '../../core/refreshed-directory.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { RuleBook } from '../../shared/rule-book.js';
import { RewardRuleRepository, type RewardRule } from './reward-rule.repository.js';
import type { RewardRuleVersion } from './reward-rule.js';
import type { RewardRuleId } from '../../shared/ids.js';

/**
 * Every reward rule from memory. No rule may be missed, so there is no timer to trust: the posting asks for
 * {@link asOfNow} before each batch. The events of the batch were recorded before that look began, so every rule that
 * was committed before its order was complete is in the book.
 */
@Injectable()
export class RewardRuleDirectory {
  private readonly rules = new Map<RewardRuleId, RewardRule>();
  private book = new RuleBook<RewardRuleVersion>([]);
  private readonly directory: RefreshedDirectory<RewardRule>;

  constructor(repository: RewardRuleRepository, unitOfWork: UnitOfWork, @Inject(Config) config: Config) {
    this.directory = new RefreshedDirectory(
      (since) => repository.changedSince(unitOfWork.reader, since),
      (rules) => this.apply(rules),
      config.directoryRefreshMs,
      () => undefined,
    );
  }

  /** The rules with every change committed before this call. Rejects when the database cannot tell. */
  async asOfNow(): Promise<RuleBook<RewardRuleVersion>> {
    await this.directory.refresh();
    return this.book;
  }

  private apply(rules: RewardRule[]): void {
    const news = rules.filter((rule) => stamp(rule) !== stamp(this.rules.get(rule.id)));
    if (news.length === 0) return;
    for (const rule of news) this.rules.set(rule.id, rule);
    this.book = new RuleBook([...this.rules.values()].flatMap((rule) => rule.versions));
  }
}

/** All that can change of a rule: versions are added, and it is ended once. */
function stamp(rule: RewardRule | undefined): string {
  return rule ? `${rule.versions.length} ${rule.endedAt?.toISOString() ?? ''}` : '';
}
