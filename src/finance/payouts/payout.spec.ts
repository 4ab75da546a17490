import fc from 'fast-check';
import { assertTransition, judge, PAYOUT_STATES, transitions, type Outcome, type PayoutState } from './payout.js';

const outcomes: Outcome[] = ['accepted', 'unknown', 'paid', 'failed', 'returned'];
const state = fc.constantFrom(...PAYOUT_STATES);
const outcome = fc.constantFrom(...outcomes);

describe('a payout', () => {
  it('moves only as the table says, and says so when it is asked for another move', () => {
    fc.assert(
      fc.property(state, state, (from, to) => {
        if (transitions[from].includes(to)) assertTransition(from, to);
        else expect(() => assertTransition(from, to)).toThrow(/payout\.wrong-state/);
      }),
    );
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

  it('that the bank has never been given cannot have an outcome', () => {
    for (const before of ['draft', 'awaiting-approval', 'approved', 'cancelled', 'rejected'] as const)
      for (const word of outcomes) expect(judge(before, word).kind).toBe('contradicting');
  });

  it('that failed is not paid by a late booking, nor one that was paid failed by a late rejection', () => {
    expect(judge('failed', 'paid').kind).toBe('contradicting');
    expect(judge('paid', 'failed').kind).toBe('contradicting');
    expect(judge('paid', 'accepted').kind).toBe('late');
    expect(judge('returned', 'paid').kind).toBe('late');
  });
});
