import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { Table } from '../../src/core/table.js';
import type { LedgerRepository } from '../../src/finance/ledger/ledger.repository.js';
import { journalKey } from '../../src/finance/payouts/payout.js';
import type { PayoutRepository } from '../../src/finance/payouts/payout.repository.js';
import { PayoutEntity } from '../../src/finance/payouts/payouts.entities.js';
import { KnownId } from '../../src/shared/known-id.js';
import { newId } from '../../src/shared/ids.js';

const merchant = newId('merchant');
const payout = newId('payout');

/** Nothing but the compiler stands between the kinds of ids: each of these goes through once it is told to look away. */
describe('the compiler refuses the id of another kind', () => {
  it('in a pure function', () => {
    expect(journalKey('paid', payout)).toBe(`payout.paid:${payout}`);
    // @ts-expect-error a merchant is no payout
    expect(journalKey('paid', merchant)).toBe(`payout.paid:${merchant}`);
  });

  it('in an entity’s row', () => {
    const payouts = new Table(PayoutEntity);
    expect(payouts.assign({ merchantId: merchant })).toMatchObject({ parameters: [merchant] });
    // @ts-expect-error a payout is no merchant
    expect(payouts.assign({ merchantId: payout })).toMatchObject({ parameters: [payout] });
  });

  it('in a repository’s call', async () => {
    const asked: string[] = [];
    const note = (_: unknown, id: string) => Promise.resolve(asked.push(id));
    const ledger = { findAccounts: note } as unknown as LedgerRepository;
    const payouts = { isReported: note } as unknown as PayoutRepository;
    const tx = {} as EntityManager;
    await ledger.findAccounts(tx, merchant);
    // @ts-expect-error a payout is no merchant
    await ledger.findAccounts(tx, payout);
    // @ts-expect-error a payout is no batch
    await payouts.isReported(tx, payout);
    expect(asked).toEqual([merchant, payout, payout]);
  });

  it('from a path that was checked for another', () => {
    const id = new KnownId('merchant', 'merchant.not-found');
    // @ts-expect-error a checked merchant is no payout
    expect(journalKey('paid', id.transform(merchant))).toContain(merchant);
    expect(() => id.transform(payout)).toThrow('merchant.not-found');
  });
});

describe('an id in a path', () => {
  const read = (path: string) => readFileSync(path, 'utf8');
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => join('src', name));
  const types = new Map(
    Array.from(read('src/shared/ids.ts').matchAll(/^export type (\w+) = IdOf<'(\w+)'>/gm), ([, type, kind]) => [
      kind,
      type,
    ]),
  );
  const pipes = new Map(
    files
      .filter((path) => path.endsWith('/path-ids.ts'))
      .flatMap((path) => Array.from(read(path).matchAll(/(\w+) = new KnownId\(\s*'(\w+)'/g)))
      .map(([, pipe, kind]) => [pipe, types.get(kind)]),
  );
  const parameters = files
    .filter((path) => path.endsWith('.controller.ts'))
    .flatMap((path) => Array.from(read(path).matchAll(/@Param\('\w+'(?:, (\w+))?\) \w+: (\w+)/g)))
    .map(([said, pipe, type]) => ({ said, pipe, type }));

  it('is checked to be what its type says', () => {
    const named = new Set(types.values());
    const wrong = parameters.filter(({ pipe, type }) =>
      named.has(type) ? pipes.get(pipe) !== type : pipe !== undefined,
    );
    expect(wrong).toEqual([]);
    expect(parameters.filter(({ pipe }) => pipe !== undefined).length).toBeGreaterThan(50);
  });
});
