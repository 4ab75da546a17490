import fc from 'fast-check';
import {
  Book,
  clawbackEntries,
  creditEntries,
  newAccountRow,
  operatorEntry,
  type EntryDraft,
  type JournalKind,
} from '../../ledger/index.js';
import { POINTS as asset } from '../../../shared/asset.js';
import { compareLots, isReturn, LotBook, type Lot } from './lot.js';
import type { MerchantId, PointsLotId } from '../../../shared/ids.js';

const merchantId = 'mer_a';
const amount = fc.bigInt({ min: 1n, max: 50n });
/** `days`: the life of what is credited. `of`: which redemption is reversed. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('reward' as const), amount, days: fc.constantFrom(1, 2, 3, null) }),
  fc.record({ kind: fc.constant('redemption' as const), amount }),
  fc.record({ kind: fc.constant('refund' as const), amount }),
  fc.record({ kind: fc.constant('redemption-reversed' as const), amount, of: fc.nat(5) }),
);

/** A merchant's account and lots, and every journal that was posted. */
class World {
  readonly account = Book.of([newAccountRow(merchantId, asset)]);
  lots: Lot[] = [];
  private readonly moves: ConstructorParameters<typeof LotBook>[1][number][] = [];
  private journals = 0;

  get available(): bigint {
    return this.account.balances(merchantId, asset).available;
  }

  post(kind: JournalKind, cause: string, entries: EntryDraft[], days: number | null = null): LotBook {
    this.journals += 1;
    const causeId = `rdm_${cause}` as const;
    const businessKey = `key ${this.journals}`;
    const journal = this.account.post({
      businessKey,
      kind,
      description: '',
      occurredAt: new Date(0),
      cause: { type: 'redemption', id: causeId },
      entries,
    });
    const book = new LotBook(this.lots, this.moves, new Date(this.journals), days);
    book.follow(journal);
    this.moves.push(...book.moves.map((move) => ({ ...move, causeId })));
    const changed = new Map(book.changes().map((lot) => [lot.id, lot]));
    this.lots = [...this.lots.filter(({ id }) => !changed.has(id)), ...changed.values()];
    return book;
  }

  credit(kind: JournalKind, causeId: string, value: bigint, days: number | null = null): LotBook {
    const mine = creditEntries(this.account, { merchantId, asset, amount: value });
    return this.post(kind, causeId, [...mine, operatorEntry('reward-cost', { asset, amount: -value })], days);
  }

  debit(kind: JournalKind, causeId: string, value: bigint): LotBook {
    const mine = clawbackEntries(this.account, { merchantId, asset, amount: value });
    return this.post(kind, causeId, [...mine, operatorEntry('redeemed', { asset, amount: value })]);
  }
}

describe('lots of points', () => {
  it('are conserved whatever happens, make up the balance, and are used first to expire first', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = new World();
        const redeemed: { id: string; left: bigint }[] = [];
        steps.forEach((each, at) => {
          const before = world.lots.map((lot) => ({ ...lot, parts: { ...lot.parts } }));
          if (each.kind === 'reward') world.credit('reward', `c${at}`, each.amount, each.days);
          else if (each.kind === 'refund') world.debit('refund', `c${at}`, each.amount);
          else if (each.kind === 'redemption') {
            if (world.available < each.amount) return;
            const { moves } = world.debit('redemption', `c${at}`, each.amount);
            redeemed.push({ id: `c${at}`, left: each.amount });
            // A lot is only touched when all that expire before it are used up.
            const touched = new Set(moves.map(({ lotId }) => lotId));
            const open = before.filter((lot) => lot.parts.remaining > 0n).sort(compareLots);
            const untouched = open.findIndex((lot) => !touched.has(lot.id));
            expect(open.filter((lot, index) => untouched >= 0 && index > untouched && touched.has(lot.id))).toEqual([]);
          } else {
            const of = redeemed[each.of % Math.max(redeemed.length, 1)];
            if (!of || of.left === 0n) return;
            const value = each.amount < of.left ? each.amount : of.left;
            of.left -= value;
            world.credit('redemption-reversed', of.id, value);
            expect(world.lots.length).toBe(before.length);
          }
          for (const { issued, parts } of world.lots) {
            expect(parts.remaining + parts.redeemed + parts.expired + parts['taken-back']).toBe(issued);
            expect(Object.values(parts).every((part) => part >= 0n)).toBe(true);
          }
          const sum = (part: 'remaining' | 'redeemed') => world.lots.reduce((all, lot) => all + lot.parts[part], 0n);
          expect(sum('remaining')).toBe(world.available);
          expect(sum('redeemed')).toBe(redeemed.reduce((all, { left }) => all + left, 0n));
        });
      }),
    );
  });

  it('get back what was reversed, the last to expire first, with their old day of expiry', () => {
    const world = new World();
    world.credit('reward', 'a', 60n, 1);
    world.credit('reward', 'b', 40n, 2);
    world.debit('redemption', 'used', 90n);
    world.credit('redemption-reversed', 'used', 50n, 999);
    const lots = [...world.lots].sort(compareLots);
    expect(lots.map(({ issued, parts, expiresAt }) => [issued, parts.remaining, expiresAt?.getTime()])).toEqual([
      [60n, 20n, 86_400_001],
      [40n, 40n, 2 * 86_400_000 + 2],
    ]);
  });

  it('pay a debt with what is reversed: it is no longer redeemed, and not the merchant’s again', () => {
    const world = new World();
    world.credit('reward', 'a', 100n);
    world.debit('redemption', 'used', 100n);
    world.debit('refund', 'refunded', 30n);
    world.credit('redemption-reversed', 'used', 50n);
    expect(world.lots.map(({ parts }) => parts)).toEqual([
      { remaining: 20n, redeemed: 50n, expired: 0n, 'taken-back': 30n },
    ]);
  });

  it.each([
    { owed: 30n, reversed: 50n, first: [0n, 30n, 30n], last: [20n, 20n, 0n] },
    { owed: 70n, reversed: 80n, first: [0n, 0n, 60n], last: [10n, 20n, 10n] },
    { owed: 70n, reversed: 40n, first: [0n, 20n, 40n], last: [0n, 40n, 0n] },
  ])(
    'pay a debt of $owed out of what lapses first, and give the rest of $reversed back to what lapses last',
    ({ owed, reversed, first, last }) => {
      const world = new World();
      world.credit('reward', 'a', 60n, 1);
      world.credit('reward', 'b', 40n, 2);
      world.debit('redemption', 'used', 100n);
      world.debit('refund', 'refunded', owed);
      world.credit('redemption-reversed', 'used', reversed);
      const parts = [...world.lots].sort(compareLots).map((lot) => lot.parts);
      expect(parts.map((each) => [each.remaining, each.redeemed, each['taken-back']])).toEqual([first, last]);
    },
  );

  it('come back from a hold as they were', () => {
    const world = new World();
    world.credit('reward', 'a', 10n, 3);
    const held = (value: bigint): EntryDraft[] => [
      { owner: merchantId, asset, account: 'available', amount: -value },
      { owner: merchantId, asset, account: 'held', amount: value },
    ];
    world.post('hold', 'hold', held(10n));
    expect(world.lots[0]?.parts).toMatchObject({ remaining: 0n, 'taken-back': 10n });
    world.post('release', 'hold', held(-10n), 999);
    expect(world.lots).toHaveLength(1);
    expect(world.lots[0]?.parts).toMatchObject({ remaining: 10n, 'taken-back': 0n });
  });

  it('stop a transaction that would take points of no lot', () => {
    const world = new World();
    world.credit('reward', 'a', 10n);
    world.lots = [];
    expect(() => world.debit('redemption', 'b', 5n)).toThrow(RangeError);
  });

  it.each<[JournalKind, Partial<Lot['parts']>]>([
    ['redemption', { redeemed: 30n }],
    ['expiry', { expired: 30n }],
    ['refund', { 'taken-back': 30n }],
    ['adjustment', { 'taken-back': 30n }],
    ['hold', { 'taken-back': 30n }],
  ])('say where points went that a journal of kind %s took', (kind, gone) => {
    const world = new World();
    world.credit('reward', 'a', 100n);
    world.debit(kind, 'b', 30n);
    expect(world.lots[0]?.parts).toEqual({
      remaining: 70n,
      redeemed: 0n,
      expired: 0n,
      'taken-back': 0n,
      ...gone,
    });
  });

  it('are only given back by a reversal and a release', () => {
    const kinds: JournalKind[] = ['reward', 'redemption', 'redemption-reversed', 'refund', 'expiry', 'hold', 'release'];
    expect(kinds.filter(isReturn)).toEqual(['redemption-reversed', 'release']);
    const world = new World();
    world.credit('reward', 'a', 10n);
    world.debit('redemption', 'used', 10n);
    world.credit('adjustment', 'used', 4n);
    expect(world.lots.map(({ parts }) => parts.remaining)).toEqual([0n, 4n]);
  });

  it('pay a debt out of the lot that expires first, and give the merchant back the one that expires last', () => {
    const world = new World();
    world.credit('reward', 'late', 40n, 9);
    world.credit('reward', 'soon', 60n, 1);
    world.credit('reward', 'soon too', 5n, 2);
    world.debit('redemption', 'used', 105n);
    world.debit('refund', 'refunded', 30n);
    world.credit('redemption-reversed', 'used', 50n);
    expect([...world.lots].sort(compareLots).map(({ parts }) => parts)).toEqual([
      { remaining: 0n, redeemed: 30n, expired: 0n, 'taken-back': 30n },
      { remaining: 0n, redeemed: 5n, expired: 0n, 'taken-back': 0n },
      { remaining: 20n, redeemed: 20n, expired: 0n, 'taken-back': 0n },
    ]);
  });

  it('give back no more than this redemption took of them, whatever others took', () => {
    const world = new World();
    world.credit('reward', 'a', 100n);
    world.debit('redemption', 'mine', 30n);
    world.debit('redemption', 'theirs', 50n);
    world.credit('redemption-reversed', 'mine', 20n);
    world.credit('redemption-reversed', 'mine', 10n);
    expect(world.lots.map(({ parts }) => [parts.remaining, parts.redeemed])).toEqual([[50n, 50n]]);
    // More than it took is no point of an old lot.
    world.credit('redemption-reversed', 'mine', 5n, 7);
    expect(world.lots.map(({ issued, parts }) => [issued, parts.remaining, parts.redeemed])).toEqual([
      [100n, 50n, 50n],
      [5n, 5n, 0n],
    ]);
  });

  it('are made by a credit, of that reward, for so many days, and each move names the line of its journal', () => {
    const world = new World();
    const rewardId = 'rwd_a';
    const made = world.post(
      'maturity',
      'm',
      [
        operatorEntry('reward-cost', { asset, amount: -7n }),
        { owner: merchantId, asset, account: 'available', amount: 7n, rewardId },
      ],
      2,
    );
    const [lot] = world.lots;
    expect(made.changes()).toEqual([lot]);
    expect(lot).toMatchObject({
      merchantId,
      rewardId,
      issued: 7n,
      parts: { remaining: 7n, redeemed: 0n, expired: 0n, 'taken-back': 0n },
      issuedAt: new Date(1),
      expiresAt: new Date(1 + 2 * 86_400_000),
    });
    expect(made.moves).toEqual([
      { journalId: lot?.journalId, line: 2, lotId: lot?.id, source: 'issued', target: 'remaining', amount: 7n },
    ]);
    const used = world.debit('redemption', 'u', 7n);
    expect(used.moves).toMatchObject([
      { line: 1, lotId: lot?.id, source: 'remaining', target: 'redeemed', amount: 7n },
    ]);
    expect(world.credit('reward', 'n', 1n).changes()).toMatchObject([{ rewardId: null, expiresAt: null }]);
  });

  it('are of points alone, and of what a merchant can use: pending points and money make none', () => {
    const account = Book.of([newAccountRow(merchantId, asset), newAccountRow(merchantId, 'CNY')]);
    const book = new LotBook([], [], new Date(0), null);
    const credit = (of: string, to: 'available' | 'pending') =>
      account.post({
        businessKey: `${of} ${to}`,
        kind: 'reward',
        description: '',
        occurredAt: new Date(0),
        cause: { type: 'order-event', id: 'evt_e' },
        entries: [
          { owner: merchantId, asset: of, account: to, amount: 5n },
          operatorEntry('reward-cost', { asset: of, amount: -5n }),
        ],
      });
    book.follow(credit('CNY', 'available'));
    book.follow(credit(asset, 'pending'));
    expect([book.moves, book.changes()]).toEqual([[], []]);
  });

  it('of one merchant are not used by another', () => {
    const lot = (id: PointsLotId, owner: MerchantId, remaining: bigint): Lot => ({
      id,
      merchantId: owner,
      journalId: 'jnl_opening',
      rewardId: null,
      issued: remaining,
      parts: { remaining, redeemed: 0n, expired: 0n, 'taken-back': 0n },
      issuedAt: new Date(0),
      expiresAt: null,
    });
    const world = new World();
    world.credit('reward', 'a', 10n);
    world.lots = [lot('lot_b', merchantId, 4n), lot('lot_c', 'mer_b', 99n), lot('lot_a', merchantId, 3n)];
    const used = world.debit('redemption', 'u', 6n);
    expect(used.changes().map(({ id, parts }) => [id, parts.remaining])).toEqual([
      ['lot_a', 0n],
      ['lot_b', 1n],
    ]);
    expect(() => world.debit('redemption', 'v', 3n)).toThrow('mer_a lacks lots of 2 points');
  });

  it('are used in the order of their expiry, those that never expire last, the older before the younger', () => {
    const order: Pick<Lot, 'id' | 'expiresAt'>[] = [
      { id: 'lot_d', expiresAt: new Date(1) },
      { id: 'lot_e', expiresAt: new Date(2) },
      { id: 'lot_f', expiresAt: new Date(2) },
      { id: 'lot_a', expiresAt: null },
      { id: 'lot_b', expiresAt: null },
    ];
    order.forEach((one, at) =>
      order.forEach((other, place) => expect(compareLots(one, other)).toBe(Math.sign(at - place))),
    );
  });
});

describe('points that a refund owed', () => {
  it('are paid off by a new reward, and no lot gets them: only what is left of it is the merchant’s', () => {
    const world = new World();
    world.credit('reward', 'a', 10n);
    world.debit('redemption', 'r', 10n);
    world.debit('refund', 'f', 15n);
    const book = world.credit('reward', 'b', 40n);
    expect(book.changes().map(({ parts }) => parts)).toEqual([
      { remaining: 25n, redeemed: 0n, expired: 0n, 'taken-back': 0n },
    ]);
    expect(book.moves.map(({ source, target, amount: moved }) => [source, target, moved])).toEqual([
      ['issued', 'remaining', 25n],
    ]);
  });

  it('take nothing from what another journal put into the lots: a correction pays them off as a reward does', () => {
    const world = new World();
    world.credit('reward', 'a', 10n);
    world.debit('redemption', 'r', 10n);
    world.debit('refund', 'f', 15n);
    // Of the same cause as the redemption, and no reversal of it.
    const book = world.credit('adjustment', 'r', 15n);
    expect(book.changes()).toEqual([]);
    expect(book.moves).toEqual([]);
  });
});

test('lots that changed are written in order of their ids, each with an id of a lot', () => {
  const world = new World();
  for (const cause of ['a', 'b', 'c']) world.credit('reward', cause, 5n);
  world.lots.reverse();
  const ids = world
    .debit('refund', 'f', 15n)
    .changes()
    .map(({ id }) => id);
  expect(ids).toHaveLength(3);
  expect(ids).toEqual([...ids].sort());
  for (const id of ids) expect(id).toMatch(/^lot_/);
});
