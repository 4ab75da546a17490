import { ID_PREFIXES, isId, newId, type IdKind, type MerchantId, type PayoutId } from './ids.js';

const KINDS = Object.keys(ID_PREFIXES) as IdKind[];

test.each(KINDS)('a new id of a %s is one of its kind, and of no other', (kind) => {
  expect(KINDS.filter((other) => isId(other, newId(kind)))).toEqual([kind]);
});

test('text from outside is an id only when all of it has the form of one', () => {
  const id = newId('merchant');
  for (const text of ['', 'mer_', 'mer_a', id.slice(0, -1), `${id}0`, id.toUpperCase(), id.replace('_', '-')])
    expect(isId('merchant', text)).toBe(false);
});

describe('the compiler refuses', () => {
  const payout = newId('payout');
  const named = (merchant: MerchantId): MerchantId => merchant;

  it('a payout’s id where a merchant’s is meant', () => {
    // @ts-expect-error a payout is no merchant
    expect(named(payout)).toBe(payout);
  });

  it('text that nobody has looked at, until it has been checked', () => {
    const text: string = newId('merchant');
    // @ts-expect-error any text may be no id
    expect(named(text)).toBe(text);
    if (isId('merchant', text)) expect(named(text)).toBe(text);
  });

  it('one kind in the list of another', () => {
    // @ts-expect-error one of them is a payout
    const merchants: MerchantId[] = [newId('merchant'), payout];
    const payouts: PayoutId[] = [payout];
    // @ts-expect-error a merchant is not among payouts
    expect(payouts.includes(named(newId('merchant')))).toBe(false);
    expect(merchants).toHaveLength(2);
  });
});
