import { setTimeout as sleep } from 'node:timers/promises';
import { GroupCommit, type GroupLimits } from './group-commit.js';
import { NO_CONNECTION_IN_TIME } from './limited-pool.js';
import { currentContext, withContext } from './work-context.js';

const failure = (code: string) => Object.assign(new Error(code), { driverError: { code } });

/** A group of which each transaction lasts until it is let go. */
function heldGroup(
  outcome: (calls: readonly string[], isGroup: boolean) => unknown,
  limits: Partial<GroupLimits<string>> = {},
) {
  const transactions: string[] = [];
  const waiting: (() => void)[] = [];
  const group = new GroupCommit<string, unknown>(
    async (calls, isGroup) => {
      transactions.push(calls.join(' '));
      await new Promise<void>((resolve) => waiting.push(resolve));
      const result = outcome(calls, isGroup);
      if (result instanceof Error) throw result;
      return calls.map((call) => `${call}!`);
    },
    (call) => call[0] ?? '',
    { most: 3, mostWeight: 10, weigh: () => 1, mostWaiting: 5, waitMs: 60_000, ...limits },
  );
  /** Lets transactions end until none is under way. */
  const letGo = async () => {
    await sleep(5);
    while (waiting.length > 0) {
      for (const resolve of waiting.splice(0)) resolve();
      await sleep(5);
    }
  };
  return { group, transactions, letGo };
}

describe('group commit', () => {
  it('takes what has come while a transaction was under way into the next one, so many at a time, in order', async () => {
    const { group, transactions, letGo } = heldGroup(() => undefined);
    const first = group.run('a');
    await sleep(5);
    const rest = ['b', 'c', 'd', 'e'].map((call) => group.run(call));
    await letGo();
    expect(await Promise.all([first, ...rest])).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
    expect(transactions).toEqual(['a', 'b c d', 'e']);
  });

  it('lets a heavy call go alone', async () => {
    const { group, transactions, letGo } = heldGroup(() => undefined, { weigh: (call) => (call === 'b' ? 99 : 1) });
    const calls = ['a', 'b', 'c', 'd'].map((call) => group.run(call));
    await letGo();
    await Promise.all(calls);
    expect(transactions).toEqual(['a', 'b', 'c d']);
  });

  it('is the work of none of its calls', async () => {
    const seen: unknown[] = [];
    const group = new GroupCommit<string, undefined>(
      (calls) => {
        seen.push(currentContext());
        return Promise.resolve(calls.map(() => undefined));
      },
      (call) => call,
      { most: 3, mostWeight: 9, weigh: () => 1, mostWaiting: 9, waitMs: 1000 },
    );
    await withContext({ requestId: 'req_a' }, async () => {
      await group.run('a');
      expect(currentContext().requestId).toBe('req_a');
    });
    expect(seen).toEqual([{}]);
  });

  it('takes a group apart that fails: one call harms no other, and those of one line stay in order', async () => {
    const { group, transactions, letGo } = heldGroup((calls) => (calls.includes('b') ? new Error('poison') : null));
    const calls = ['a1', 'b', 'a2'].map((call) => group.run(call));
    const settled = Promise.allSettled(calls);
    await letGo();
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(transactions).toEqual(['a1 b a2', 'a1', 'b', 'a2']);
  });

  it('goes on with others while a call waits for locks', async () => {
    const { group, transactions, letGo } = heldGroup((calls, isGroup) =>
      isGroup && calls.includes('a') ? failure('ER_LOCK_WAIT_TIMEOUT') : null,
    );
    const held = group.run('a');
    await letGo();
    expect(await held).toBe('a!');
    expect(transactions).toEqual(['a', 'a']);
  });

  it.each(['PROTOCOL_CONNECTION_LOST', NO_CONNECTION_IN_TIME])(
    'tells all of %s, and tries nothing again',
    async (code) => {
      const { group, transactions, letGo } = heldGroup(() => failure(code));
      const settled = Promise.allSettled(['a', 'b'].map((call) => group.run(call)));
      await letGo();
      expect(await settled).toMatchObject([{ reason: { message: code } }, { reason: { message: code } }]);
      expect(transactions).toEqual(['a b']);
    },
  );

  it('refuses at once who comes when too many wait, and after a while who has waited for too long', async () => {
    const { group, transactions, letGo } = heldGroup(() => undefined, { waitMs: 50 });
    const first = group.run('a');
    await sleep(5);
    const waiting = Promise.allSettled(['b', 'c', 'd', 'e', 'f'].map((call) => group.run(call)));
    await expect(group.run('g')).rejects.toMatchObject({ code: NO_CONNECTION_IN_TIME });
    expect((await waiting).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    await letGo();
    expect([await first, transactions]).toEqual(['a!', ['a']]);
  });
});
