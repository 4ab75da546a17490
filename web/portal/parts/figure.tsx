import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  label: string;
  /** What it means, or when it becomes something else. */
  hint?: ReactNode;
  children?: ReactNode;
  to: string;
  search?: Record<string, string>;
}

/** A row with an amount, which opens what the amount is made of. */
export function Figure({ label, hint, children, to, search }: Props) {
  return (
    <Link className="figure" to={to} {...(search && { search })}>
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
      <span className="figure-value">{children}</span>
    </Link>
  );
}
