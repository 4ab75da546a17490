import { Button } from '@mantine/core';
import { useWords } from '../words.js';

interface Props {
  /** Of the file, without `.csv`. */
  name: string;
  rows: readonly (readonly (string | number)[])[];
}

/** A table as a CSV file, which spreadsheets open with its Chinese intact. */
export function CsvButton({ name, rows }: Props) {
  const { list } = useWords();
  const save = () => {
    const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`\uFEFF${text}\r\n`], { type: 'text/csv' }));
    link.download = `${name}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Button variant="default" size="compact-md" onClick={save}>
      {list.csv}
    </Button>
  );
}

/** A text that a spreadsheet would take for a formula is kept a text. */
function quoted(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value.toString();
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
