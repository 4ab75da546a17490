import { setImmediate } from 'node:timers';
import { isDatabaseAway, isOverloaded, isLockConflict } from './driver-error.js';
import { noRoomInTime } from './limited-pool.js';
import { withContext } from './work-context.js';

/** How large a group may be, and who waits too long for one. */
export interface GroupLimits<Call> {
  /** Calls of one group, at most. */
  most: number;
  /** What the calls of one group weigh together, at most; a heavier one goes alone. */
  mostWeight: number;
  weigh: (call: Call) => number;
  /** Calls that wait for the next group, at most. */
  mostWaiting: number;
  /** How long one waits for the next group, at most. */
  waitMs: number;
}

interface Waiting<Call, Result> {
  call: Call;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

/**
 * Group commit: one transaction at a time, in which go all calls that have come while the one before was under way. A group
 * that fails is taken apart, so that one call harms no other; not where the database is away or has no room.
 */
export class GroupCommit<Call, Result> {
  private readonly waiting = new Set<Waiting<Call, Result>>();
  private isUnderWay = false;

  /**
   * `commit`: one transaction for all calls, which gives each its result; when it throws, nothing was done. Where others wait
   * for it (`isGroup`) it should not wait long for anybody's locks. `lineOf`: of a group that is taken apart, calls of one line go one after the other.
   */
  constructor(
    private readonly commit: (calls: readonly Call[], isGroup: boolean) => Promise<readonly Result[]>,
    private readonly lineOf: (call: Call) => string,
    private readonly limits: GroupLimits<Call>,
  ) {}

  /** The result of the call, once it is committed. Rejects what cannot be taken in time, as a pool without a free connection does. */
  run(call: Call): Promise<Result> {
    const { mostWaiting, waitMs } = this.limits;
    if (this.waiting.size >= mostWaiting) return Promise.reject(noRoomInTime());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(one);
        reject(noRoomInTime());
      }, waitMs);
      const one = { call, resolve, reject, timer };
      this.waiting.add(one);
      this.begin();
    });
  }

  private begin(): void {
    if (this.isUnderWay || this.waiting.size === 0) return;
    this.isUnderWay = true;
    // Those that arrive in the same moment come along. The group is the work of many requests, and so of none.
    setImmediate(() => void withContext({}, () => this.next()));
  }

  private async next(): Promise<void> {
    const group = this.take();
    const error = group.length === 0 ? undefined : await this.settle(group, true);
    this.isUnderWay = false;
    this.begin();
    if (error !== undefined) this.takeApart(group, error);
  }

  private take(): Waiting<Call, Result>[] {
    const { most, mostWeight, weigh } = this.limits;
    const group: Waiting<Call, Result>[] = [];
    let weight = 0;
    for (const one of this.waiting) {
      weight += weigh(one.call);
      if (group.length > 0 && (group.length >= most || weight > mostWeight)) break;
      group.push(one);
      this.waiting.delete(one);
      clearTimeout(one.timer);
    }
    return group;
  }

  /** Tells each its result; returns what went wrong, of which nobody was told. */
  private async settle(group: readonly Waiting<Call, Result>[], isGroup: boolean): Promise<unknown> {
    try {
      const results = await this.commit(
        group.map(({ call }) => call),
        isGroup,
      );
      group.forEach(({ resolve }, index) => resolve(results[index] as Result));
      return undefined;
    } catch (error) {
      return error;
    }
  }

  private takeApart(group: readonly Waiting<Call, Result>[], error: unknown): void {
    const isAlone = group.length === 1 && !isLockConflict(error);
    const isNobodysFault = isDatabaseAway(error) || (isOverloaded(error) && !isLockConflict(error));
    if (isAlone || isNobodysFault) {
      for (const { reject } of group) reject(error);
      return;
    }
    const lines = new Map<string, Waiting<Call, Result>[]>();
    for (const one of group) {
      const line = this.lineOf(one.call);
      const before = lines.get(line);
      if (before) before.push(one);
      else lines.set(line, [one]);
    }
    for (const line of lines.values()) void this.oneByOne(line);
  }

  private async oneByOne(line: readonly Waiting<Call, Result>[]): Promise<void> {
    for (const one of line) {
      const error = await this.settle([one], false);
      if (error !== undefined) one.reject(error);
    }
  }
}
