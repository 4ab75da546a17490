import type { PolicyTerms } from '../../../src/finance/payouts/terms/payout-policy.js';
import { DomainError } from '../../../src/shared/domain-error.js';
import { Books } from './books.js';
import { correctionSteps, type ModelAdjustment, type ModelRedemption } from './correction-steps.js';
import { couponSteps } from './coupon-steps.js';
import { difference } from './difference.js';
import { holdSteps } from './hold-steps.js';
import type { ModelOrder } from './order-model.js';
import { orderSteps } from './order-steps.js';
import type { ModelBatch } from './payout-model.js';
import { payoutSteps } from './payout-steps.js';
import type { Program } from './program.js';
import type { Step, Times } from './steps.js';

export type Of<K extends Step['kind']> = Extract<Step, { kind: K }>;

/** A step that had nothing to be about. */
export const NOTHING = 'nothing';

/** How each kind of step is done, by the program and by the model. */
const STEPS: { [K in Step['kind']]: (history: History, step: Of<K>) => Promise<unknown> } = {
  ...orderSteps,
  ...correctionSteps,
  ...couponSteps,
  ...holdSteps,
  ...payoutSteps,
};

/** One history: each step is done by the program and by the model, and then both must agree and every invariant hold. */
export class History {
  readonly books = new Books();
  readonly orders: ModelOrder[] = [];
  readonly batches: ModelBatch[] = [];
  readonly adjustments: ModelAdjustment[] = [];
  readonly redemptions: ModelRedemption[] = [];
  readonly states = new Map<string, string>();
  terms: PolicyTerms = {};
  private count = 0;

  constructor(readonly program: Program) {}

  /** Throws with the step after which something is wrong. */
  async run(steps: readonly Step[]): Promise<void> {
    await this.program.forget();
    for (const [index, step] of steps.entries()) {
      try {
        if ((await this.take(step)) === NOTHING) continue;
        const wrong = [...(await difference(this.program, this)), ...(await this.program.offenders())];
        if (wrong.length > 0) throw new Error(wrong.join('\n'));
      } catch (error) {
        const after = `after step ${index + 1} of ${steps.length}, ${JSON.stringify(step)}`;
        throw new Error(`${after}:\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    const found = await this.program.auditOffenders();
    if (found.length > 0) throw new Error(`in the end:\n${found.join('\n')}`);
  }

  private take(step: Step): Promise<unknown> {
    const take = STEPS[step.kind] as (history: History, step: Step) => Promise<unknown>;
    return take(this, step);
  }

  /**
   * Makes a call once or twice. `refusal`: the code it is refused with, null when it is done. `repeat`: the code that a
   * repeat of what was done is refused with, null when that answers as the first did.
   */
  async call(times: Times, refusal: string | null, repeat: string | null, call: () => Promise<unknown>): Promise<void> {
    const attempt = () =>
      call().then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof DomainError) return error.code as string;
          throw error;
        },
      );
    const got =
      times === 'once'
        ? [await attempt()]
        : times === 'again'
          ? [await attempt(), await attempt()]
          : await Promise.all([attempt(), attempt()]);
    const expected = [refusal ?? 'done', refusal ?? repeat ?? 'done'].slice(0, got.length);
    if ([...got].sort().join() !== [...expected].sort().join())
      throw new Error(`answered ${got.join(' and ')} instead of ${expected.join(' and ')}`);
  }

  rewards() {
    return this.orders.flatMap((order) => order.rewards);
  }

  payouts() {
    return this.batches.flatMap((batch) => batch.payouts);
  }

  stateOf(merchant: string): string {
    return this.states.get(merchant) ?? 'active';
  }

  newId(what: string): string {
    this.count += 1;
    return `${what}-${this.count}`;
  }
}

/** Counts round a list; negative numbers from its end. */
export function pick<T>(all: readonly T[], index: number): T | undefined {
  return all.at(index < 0 ? index : index % all.length);
}
