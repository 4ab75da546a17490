import type { OrderEventId } from '../../shared/ids.js';
import { PostingTurns, shardOf, SHARDS, type Turn } from './posting-turns.js';

const id = (n: number): OrderEventId => `evt_${n}`;
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => id(from + i));

/** Turns whose batches end when the test says so. */
function turnsOf(limits: { atOnce: number; batch: number }) {
  const begun: { shard: number; taken: readonly OrderEventId[]; end: (error?: Error) => void }[] = [];
  const turns = new PostingTurns<string>(
    limits,
    (turn: Turn) =>
      new Promise((resolve, reject) => {
        const taken = turn.take();
        const settled = new Map(taken.map((one) => [one, `settled ${one}`]));
        begun.push({ shard: turn.shard, taken, end: (error) => (error ? reject(error) : resolve(settled)) });
      }),
  );
  return { turns, begun };
}

const nothingElse = () => new Promise((resolve) => setImmediate(resolve));

describe('the shard of a merchant', () => {
  it('is the same wherever it is asked, and merchants are spread over all of them', () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 8000; i += 1) {
      const shard = shardOf(`mer_01kb${(i * 7919).toString(32).padStart(22, '0')}`);
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(Array.from({ length: SHARDS }, (_, i) => i));
    for (const count of counts.values()) expect(count).toBeGreaterThan(800);
    expect(shardOf('mer_a')).toBe(shardOf('mer_a'));
  });
});

describe('turns of posting', () => {
  it('gather what is told of a shard while it is posted into its next batch, in the order in which it was told', async () => {
    const { turns, begun } = turnsOf({ atOnce: 2, batch: 200 });
    const told = [turns.add(1, ids(0, 3)), turns.add(1, ids(3, 5)), turns.add(1, ids(5, 6))];
    expect(begun.map(({ shard, taken }) => [shard, taken])).toEqual([[1, ids(0, 3)]]);
    begun[0]?.end();
    expect(await told[0]).toEqual(ids(0, 3).map((one) => `settled ${one}`));
    await nothingElse();
    expect(begun.map(({ taken }) => taken)).toEqual([ids(0, 3), ids(3, 6)]);
    begun[1]?.end();
    expect((await Promise.all(told)).map((all) => all.length)).toEqual([3, 2, 1]);
  });

  it('are as many at once as is allowed, of different shards, and those wait least that waited longest', async () => {
    const { turns, begun } = turnsOf({ atOnce: 2, batch: 200 });
    void turns.add(1, ids(0, 1));
    void turns.add(2, ids(1, 2));
    void turns.add(3, ids(2, 3));
    void turns.add(1, ids(3, 4));
    expect(begun.map(({ shard }) => shard)).toEqual([1, 2]);
    begun[0]?.end();
    await nothingElse();
    begun[1]?.end();
    await nothingElse();
    expect(begun.map(({ shard }) => shard)).toEqual([1, 2, 3, 1]);
  });

  it('are no larger than allowed; what is left waits its turn again', async () => {
    const { turns, begun } = turnsOf({ atOnce: 1, batch: 10 });
    void turns.add(4, ids(0, 1));
    void turns.add(4, ids(1, 7));
    void turns.add(4, ids(7, 12));
    for (let i = 0; i < 3; i += 1) {
      begun[i]?.end();
      await nothingElse();
    }
    expect(begun.map(({ taken }) => taken.length)).toEqual([1, 6, 5]);
  });

  it('count an event for one of those who told of it', async () => {
    const { turns, begun } = turnsOf({ atOnce: 1, batch: 10 });
    void turns.add(4, ids(0, 1));
    const both = [turns.add(4, [id(5)]), turns.add(4, [id(5), id(6)])];
    begun[0]?.end();
    await nothingElse();
    begun[1]?.end();
    expect((await Promise.all(both)).map((all) => all.length)).toEqual([1, 1]);
  });

  it('fail for all who told of their events and for nobody else, and the shard goes on', async () => {
    const { turns, begun } = turnsOf({ atOnce: 2, batch: 200 });
    const [failing, other] = [turns.add(1, ids(0, 1)), turns.add(2, ids(1, 2))];
    begun[0]?.end(new Error('away'));
    await expect(failing).rejects.toThrow('away');
    begun[1]?.end();
    expect(await other).toHaveLength(1);
    const again = turns.add(1, ids(0, 1));
    await nothingElse();
    begun[2]?.end();
    expect(await again).toHaveLength(1);
  });

  it('go over to a shard that no other turn of the process has', async () => {
    const moved: [number, boolean, number][] = [];
    const turns = new PostingTurns<string>({ atOnce: 1, batch: 10 }, async (turn) => {
      const other = turn.choices().at(-1) ?? turn.shard;
      moved.push([turn.shard, turn.moveTo(other), turn.shard]);
      await nothingElse();
      return new Map(turn.take().map((one) => [one, 'x']));
    });
    const told = [turns.add(1, ids(0, 1)), turns.add(2, ids(1, 2)), turns.add(3, ids(2, 3))];
    expect((await Promise.all(told)).map((all) => all.length)).toEqual([1, 1, 1]);
    expect(moved.length).toBe(3);
    expect(moved.every(([, went]) => went)).toBe(true);
  });
});
