import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words.js';
import { ProblemNotice } from './problem-notice.js';

interface Props {
  /** A route that answers `Accept: text/csv` with all of the list. */
  path: string;
  query: Record<string, string | undefined>;
  /** Of the file. */
  name: string;
}

/** Downloads all of a list, with the filters of the page, as CSV. */
export function CsvButton({ path, query, name }: Props) {
  const words = useWords();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const download = async () => {
    setPending(true);
    setError(null);
    try {
      const set = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
      const answer = await fetch(`${path}?${new URLSearchParams(set).toString()}`, { headers: { accept: 'text/csv' } });
      if (answer.ok) save(await answer.blob(), name);
      else setError(await answer.json());
    } catch {
      setError({ code: 'network.away' });
    }
    setPending(false);
  };
  return (
    <>
      <Button variant="default" loading={pending} onClick={() => void download()}>
        {words.list.csv}
      </Button>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
