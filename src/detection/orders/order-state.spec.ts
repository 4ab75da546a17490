import { assertTransition, transitions, type OrderState } from './order-state.js';

const states = Object.keys(transitions) as OrderState[];

test('an order is placed, then completed or cancelled, and nothing follows those', () => {
  const allowed = states.flatMap((from) =>
    states
      .filter((to) => {
        try {
          assertTransition(from, to);
          return true;
        } catch {
          return false;
        }
      })
      .map((to) => `${from} → ${to}`),
  );
  expect(allowed).toEqual(['placed → completed', 'placed → cancelled']);
  expect(() => assertTransition('completed', 'cancelled')).toThrow(
    'order.already-completed: The order is complete: record a refund instead.',
  );
  expect(() => assertTransition('cancelled', 'completed')).toThrow(
    'order.wrong-state: An order that is cancelled cannot become completed.',
  );
});
