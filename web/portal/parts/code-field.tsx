import { useWords } from '../words.js';
import { Field } from './field.js';

const DIGITS = 6;

/** The code in what was typed or pasted, which may be the message as a whole. */
export function codeIn(text: string): string {
  return /(?:^|\D)(\d{6})(?!\d)/.exec(text)?.[1] ?? text.replace(/\D/g, '').slice(0, DIGITS);
}

export function isCode(text: string): boolean {
  return text.length === DIGITS;
}

interface Props {
  value: string;
  onValue: (code: string) => void;
  autoFocus?: boolean;
}

/** Takes the six digits of a code: typed, pasted with the words around them, or offered by the telephone. */
export function CodeField({ value, onValue, autoFocus }: Props) {
  const words = useWords();
  return (
    <Field
      label={words.code.label}
      hint={words.code.hint}
      inputMode="numeric"
      autoComplete="one-time-code"
      className="code"
      required
      pattern="[0-9]{6}"
      autoFocus={autoFocus}
      value={value}
      onValue={(text) => onValue(codeIn(text))}
    />
  );
}
