import fc from 'fast-check';
import {
  assertTransition,
  journalKey,
  JOURNALS,
  judge,
  PAYOUT_STATES,
  waitsForPayee,
  type Outcome,
  type PayoutState,
  type Verdict,
} from './payout.js';

const outcomes: Outcome[] = ['accepted', 'unknown', 'paid', 'failed', 'returned'];
const state = fc.constantFrom(...PAYOUT_STATES);
const outcome = fc.constantFrom(...outcomes);

/** Every move that there is; whatever is not here is refused. */
const MOVES: Record<PayoutState, PayoutState[]> = {
  draft: ['awaiting-approval', 'cancelled'],
  'awaiting-approval': ['draft', 'approved', 'cancelled', 'rejected'],
  approved: ['submitting', 'cancelled'],
  submitting: ['accepted', 'unknown', 'failed', 'withdrawn'],
  unknown: ['accepted', 'paid', 'failed'],
  accepted: ['paid', 'failed'],
  paid: ['returned'],
  failed: [],
  returned: [],
  cancelled: [],
  rejected: [],
  withdrawn: [],
};

/** What a bank's status does to money that it was given; in any other state it contradicts. */
const VERDICTS: Partial<Record<PayoutState, Record<Outcome, PayoutState[] | Exclude<Verdict['kind'], 'apply'>>>> = {
  submitting: {
    unknown: ['unknown'],
    accepted: ['accepted'],
    paid: ['accepted', 'paid'],
    failed: ['failed'],
    returned: ['accepted', 'paid', 'returned'],
  },
  unknown: {
    unknown: 'duplicate',
    accepted: ['accepted'],
    paid: ['paid'],
    failed: ['failed'],
    returned: ['paid', 'returned'],
  },
  accepted: {
    unknown: 'late',
    accepted: 'duplicate',
    paid: ['paid'],
    failed: ['failed'],
    returned: ['paid', 'returned'],
  },
  paid: { unknown: 'late', accepted: 'late', paid: 'duplicate', failed: 'contradicting', returned: ['returned'] },
  failed: {
    unknown: 'late',
    accepted: 'late',
    paid: 'contradicting',
    failed: 'duplicate',
    returned: 'contradicting',
  },
  returned: { unknown: 'late', accepted: 'late', paid: 'late', failed: 'contradicting', returned: 'duplicate' },
};

describe('a payout', () => {
  it.each(PAYOUT_STATES.flatMap((from) => PAYOUT_STATES.map((to) => [from, to] as const)))(
    'that is %s becomes %s only if that is a move, and says so otherwise',
    (from, to) => {
      const move = () => assertTransition(from, to);
      if (MOVES[from].includes(to)) expect(move).not.toThrow();
      else expect(move).toThrow(`payout.wrong-state: A payout that is ${from} cannot become ${to}.`);
    },
  );

  it.each(PAYOUT_STATES.flatMap((from) => outcomes.map((word) => [from, word] as const)))(
    'that is %s hears %s: it moves through all that this proves, or not at all',
    (from, word) => {
      const expected = VERDICTS[from]?.[word] ?? 'contradicting';
      expect(judge(from, word)).toEqual(
        typeof expected === 'string' ? { kind: expected } : { kind: 'apply', path: expected },
      );
    },
  );

  it('has one journal of each move of its money, ever', () => {
    expect(Object.entries(JOURNALS)).toEqual(Object.keys(JOURNALS).map((move) => [move, `payout-${move}`]));
    expect([journalKey('reserved', 'pay_1'), journalKey('returned', 'pay_2')]).toEqual([
      'payout.reserved:pay_1',
      'payout.returned:pay_2',
    ]);
  });

  it('passes only through allowed moves when a bank report is ahead of us', () => {
    fc.assert(
      fc.property(state, outcome, (from, said) => {
        const verdict = judge(from, said);
        if (verdict.kind !== 'apply') return;
        const path: PayoutState[] = [from, ...verdict.path];
        path.slice(1).forEach((to, i) => assertTransition(path[i]!, to));
        expect(path.at(-1)).toBe(said);
      }),
    );
  });

  it('is not moved twice by the same word, in whatever order the bank says things', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 12 }), (said) => {
        let now: PayoutState = 'submitting';
        const passed: PayoutState[] = [];
        for (const word of said) {
          const verdict = judge(now, word);
          if (verdict.kind === 'apply') {
            passed.push(...verdict.path);
            now = verdict.path.at(-1)!;
          }
          expect(judge(now, word).kind).not.toBe('apply');
        }
        expect(new Set(passed).size).toBe(passed.length);
        expect(passed.includes('paid') && passed.includes('failed')).toBe(false);
        if (passed.includes('returned')) expect(passed).toContain('paid');
      }),
    );
  });
});

test('a transfer waits for its payee while the rail has accepted it and says what confirms it, and no longer', () => {
  const waits = (state: PayoutState, confirmation: string | null) => waitsForPayee({ state, confirmation });
  expect(waits('accepted', 'package')).toBe(true);
  expect(waits('accepted', null)).toBe(false);
  expect(waits('paid', 'package')).toBe(false);
  expect(waits('failed', null)).toBe(false);
});
