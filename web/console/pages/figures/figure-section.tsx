import { Button, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId, type ReactNode } from 'react';
import { CsvButton } from '../../parts/csv-button.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';

interface Props {
  title: string;
  text?: string;
  /** What the section shows, as it is read. */
  query: { data: unknown; error: unknown; refetch: () => unknown };
  csv: { path: string; query: Record<string, string | undefined>; name: string };
  actions?: ReactNode;
  children: ReactNode;
  /** The same figures as a table, shown when asked for; absent: the section is a table. */
  table?: ReactNode;
}

/** Figures under a heading: as a picture, as a table and as CSV. */
export function FigureSection({ title, text, query, csv, actions, children, table }: Props) {
  const { pages } = useWords();
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  return (
    <Section
      title={title}
      actions={
        <>
          {actions}
          {table !== undefined && (
            <Button variant="default" aria-expanded={opened} aria-controls={id} onClick={toggle}>
              {pages.figures.table}
            </Button>
          )}
          <CsvButton {...csv} />
        </>
      }
    >
      {text && (
        <Text size="sm" c="dimmed" maw="75ch">
          {text}
        </Text>
      )}
      {query.error !== null && query.data === undefined ? (
        <ProblemNotice error={query.error} retry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton h={240} />
      ) : (
        children
      )}
      {table !== undefined && <div id={id}>{opened && query.data !== undefined && table}</div>}
    </Section>
  );
}
