import { useId, type ComponentProps } from 'react';

type Props = Omit<ComponentProps<'input'>, 'id' | 'onChange' | 'value'> & {
  label: string;
  hint?: string | undefined;
  /** What is wrong with it, as the API says. */
  fault?: string | undefined;
  value: string;
  onValue: (value: string) => void;
};

/** A line to type in, with its label, a hint, and what is wrong with it. */
export function Field({ label, hint, fault, onValue, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-describedby={`${id}-hint`}
        aria-invalid={fault !== undefined || undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} className={fault === undefined ? 'fine' : 'fine fault'}>
        {fault ?? hint}
      </p>
    </div>
  );
}
