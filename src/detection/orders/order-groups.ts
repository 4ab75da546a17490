import { Inject, Injectable } from '@nestjs/common';
import type { Storefront } from '../../database/index.js';
import { Config } from '../../core/config.js';
import { GroupCommit } from '../../core/group-commit.js';
import { MOST_WAITING } from '../../core/limited-pool.js';
import { currentContext } from '../../core/work-context.js';
import type { Instruction } from './order-instruction.js';
import { OrderWriter, type Call, type OrderCaller, type Outcome } from './order-writer.js';

/** Calls in one transaction, at most; and lines of their orders, at most, unless one has more. */
const MOST_CALLS = 100;
const MOST_LINES = 2_000;

/** Calls about single orders: those of a storefront that come while a transaction is under way go into the next one together. */
@Injectable()
export class OrderGroups {
  /** By the storefront as it stood when the calls came. */
  private readonly groups = new WeakMap<Storefront, GroupCommit<Call, Outcome>>();

  constructor(
    private readonly writer: OrderWriter,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** What the instruction came to, once that is committed. Throws only what is not the caller's doing. */
  async carryOut({ storefront, keyId }: OrderCaller, instruction: Instruction): Promise<Outcome> {
    const outcome = await this.groupOf(storefront).run({ instruction, keyId, context: currentContext() });
    this.writer.announce([outcome]);
    return outcome;
  }

  private groupOf(storefront: Storefront): GroupCommit<Call, Outcome> {
    let group = this.groups.get(storefront);
    if (!group) {
      group = new GroupCommit(
        (calls, isGroup) => this.writer.apply(storefront, calls, isGroup),
        ({ instruction }) => instruction.orderId,
        {
          most: MOST_CALLS,
          mostWeight: MOST_LINES,
          weigh: ({ instruction }) => instruction.place?.lines.length ?? 0,
          mostWaiting: MOST_WAITING,
          waitMs: this.config.databaseWaitSeconds * 1000,
        },
      );
      this.groups.set(storefront, group);
    }
    return group;
  }
}
