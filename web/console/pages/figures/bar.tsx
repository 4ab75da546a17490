interface Props {
  value: number;
  /** The longest bar. */
  of: number;
  /** The part of it that merchants brought. */
  part?: number | null;
}

/** A number as a bar of its row; the number stands beside it. */
export function Bar({ value, of, part }: Props) {
  const width = (number: number) => `${String(of > 0 ? Math.max(0, Math.round((100 * number) / of)) : 0)}%`;
  return (
    <span className="bar" aria-hidden="true">
      <span style={{ width: width(value) }} />
      {part !== undefined && part !== null && <span data-part style={{ width: width(part) }} />}
    </span>
  );
}
