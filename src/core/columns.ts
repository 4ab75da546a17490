import type { ValueTransformer } from 'typeorm';

/** BIGINT columns arrive as decimal strings, since a double would round them. */
export const minorColumn: ValueTransformer = {
  to: (value: bigint | null | undefined) => (typeof value === 'bigint' ? value.toString() : value),
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};

/** Yes or no as 1 or 0. */
export const flagColumn: ValueTransformer = {
  to: (value: boolean | null | undefined) => (typeof value === 'boolean' ? Number(value) : value),
  from: (value: number | boolean | null) => (value === null ? null : Boolean(value)),
};

/** A value that its row keeps as JSON text. */
export const jsonColumn: ValueTransformer = textColumn(JSON.stringify, JSON.parse);

/** A value that its row keeps as text of its own. */
export function textColumn<T>(write: (value: T) => string, read: (text: string) => T): ValueTransformer {
  return {
    to: (value: T | null | undefined) => (value === null || value === undefined ? value : write(value)),
    from: (text: string | null) => (text === null ? null : read(text)),
  };
}
