import { withContext } from '../../core/work-context.js';
import type { OrderEventId } from '../../shared/ids.js';

/** Shards that merchants are divided into for posting; the migration makes as many rows of `posting_shard`. */
export const SHARDS = 8;

/** The shard of a merchant, or of what has none: the same wherever it is asked. */
export function shardOf(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  return ((hash ^ (hash >>> 16)) >>> 0) % SHARDS;
}

/** Events of one shard that one caller has told of. */
interface Piece<Settled> {
  ids: readonly OrderEventId[];
  settled: (events: Settled[]) => void;
  failed: (error: unknown) => void;
}

/** A batch about to be posted: of which shard it is, is open until {@link Turn.take} is called. */
export interface Turn {
  readonly shard: number;
  /** Shards of this process that wait and that no other turn has, the longest waiting first; this turn's own among them. */
  choices(): number[];
  /** Goes over to another shard; false when another turn has it meanwhile. */
  moveTo(shard: number): boolean;
  /** What has gathered for the shard until the first call; the same ever after. */
  take(): readonly OrderEventId[];
}

/**
 * What waits in this process to be posted, by shard. A shard has one batch at a time: all that gathers for it meanwhile is the
 * next one, whoever told of it. So batches of a process never meet, and the busier a shard is, the larger its batches.
 */
export class PostingTurns<Settled> {
  /** Shards that wait, the longest waiting first. */
  private readonly waiting = new Map<number, Piece<Settled>[]>();
  private readonly busy = new Set<number>();
  private running = 0;

  /** At most `atOnce` turns run at once, each with `batch` events or, of a caller who told of more, as many as that. */
  constructor(
    private readonly limits: { atOnce: number; batch: number },
    private readonly post: (turn: Turn) => Promise<ReadonlyMap<OrderEventId, Settled>>,
  ) {}

  /** Has these events posted; resolves to those that were settled, each for one caller, and what was settled with them for the first. */
  add(shard: number, ids: readonly OrderEventId[]): Promise<Settled[]> {
    return new Promise((settled, failed) => {
      const pieces = this.waiting.get(shard) ?? [];
      pieces.push({ ids, settled, failed });
      this.waiting.set(shard, pieces);
      this.begin();
    });
  }

  private begin(): void {
    for (;;) {
      const [shard] = this.free();
      if (shard === undefined || this.running >= this.limits.atOnce) return;
      this.running += 1;
      this.busy.add(shard);
      void this.run(shard);
    }
  }

  private async run(first: number): Promise<void> {
    let shard = first;
    let taken: Piece<Settled>[] | null = null;
    const take = () => (taken ??= this.takeFrom(shard));
    const turn: Turn = {
      get shard() {
        return shard;
      },
      choices: () => [shard, ...this.free()],
      moveTo: (other) => {
        if (other === shard) return true;
        if (this.busy.has(other)) return false;
        this.busy.delete(shard);
        this.busy.add(other);
        shard = other;
        return true;
      },
      take: () => take().flatMap(({ ids }) => ids),
    };
    try {
      // A batch is of many jobs, and belongs to none.
      const settled = new Map(await withContext({ job: 'rewards.post' }, () => this.post(turn)));
      const told = take().map(({ ids }) => ids.flatMap((id) => takeOut(settled, id)));
      take().forEach((piece, i) => piece.settled([...(told[i] ?? []), ...(i === 0 ? settled.values() : [])]));
    } catch (error) {
      for (const piece of take()) piece.failed(error);
    } finally {
      this.busy.delete(shard);
      this.running -= 1;
      this.begin();
    }
  }

  private free(): number[] {
    return [...this.waiting.keys()].filter((shard) => !this.busy.has(shard));
  }

  /** The pieces of the next batch; what is left goes to the end of the row. */
  private takeFrom(shard: number): Piece<Settled>[] {
    const pieces = this.waiting.get(shard) ?? [];
    this.waiting.delete(shard);
    let [count, events] = [0, 0];
    for (const { ids } of pieces) {
      if (count > 0 && events + ids.length > this.limits.batch) break;
      events += ids.length;
      count += 1;
    }
    if (count < pieces.length) this.waiting.set(shard, pieces.slice(count));
    return pieces.slice(0, count);
  }
}

function takeOut<Value>(from: Map<OrderEventId, Value>, id: OrderEventId): Value[] {
  const value = from.get(id);
  from.delete(id);
  return value === undefined ? [] : [value];
}
