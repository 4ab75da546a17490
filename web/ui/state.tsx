import type { CommonWords } from '../messages/en/common.js';
import { useLoadedWords } from './language.js';

type States = CommonWords['states'];

/** States that a person has to act on: they alone have a colour. */
const CALLS_FOR_ACTION = new Set([
  'application.pending',
  'batch.awaiting-approval',
  'batch.approved',
  'payout.unknown',
  'payout.failed',
  'payout.returned',
  'hold.open',
  'adjustment.awaiting-approval',
  'payoutRequest.awaiting-approval',
  'failureStatement.awaiting-approval',
  'bankLine.open',
  'bankLine.unmatched',
  'bankLine.contradicting',
  'bankLine.second',
  'contradiction.open',
  'orderEvent.parked',
  'staffChange.waiting',
]);

interface Props<Kind extends keyof States> {
  /** What it is a state of. */
  of: Kind;
  is: keyof States[Kind];
}

/** A state, one shape everywhere; what it means on hover and long press. */
export function State<Kind extends keyof States>({ of: kind, is: value }: Props<Kind>) {
  const { states } = useLoadedWords() as CommonWords;
  const [word, explanation] = (states[kind][value] as readonly [string, string] | undefined) ?? [String(value), ''];
  const acts = CALLS_FOR_ACTION.has(`${kind}.${String(value)}`);
  return (
    <span className="state" data-acts={acts || undefined} title={explanation}>
      {word}
    </span>
  );
}
