import { Button, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words.js';
import { useFilters } from './filters.js';
import { ProblemNotice } from './problem-notice.js';

/** A column: its heading, and what it shows of a row. Amounts are at the right. */
export interface Column<Row> {
  label: string;
  align?: 'right';
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  columns: readonly Column<Row>[];
  /** As `api.useQuery` gives it. */
  query: {
    data: { items: readonly Row[]; nextCursor?: string | null } | undefined;
    error: unknown;
    isPending: boolean;
    refetch: () => unknown;
  };
  rowKey: (row: Row) => string;
  /** What will be here, and the one button that gets it there. */
  empty: ReactNode;
  /** For people who do not see: what the table lists. */
  caption: string;
  /** False: it has no pages, and the cursor in the address is of another list on the page. */
  paged?: boolean;
}

const SKELETON_ROWS = 6;

/** A page of a list: a table on a wide screen, cards with the same facts in the same order on a phone. */
export function List<Row>({ columns, query, rowKey, empty, caption, paged = true }: Props<Row>) {
  const words = useWords();
  const [filters, setFilters] = useFilters();
  const cursor = paged ? filters['cursor'] : undefined;
  const { data, error, isPending, refetch } = query;
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (data?.items.length === 0 && !cursor) return empty;
  return (
    <Stack gap="xs">
      <Table className="list" highlightOnHover aria-busy={isPending} captionSide="top">
        <caption className="visually-hidden">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ label, align }) => (
              <Table.Th key={label} data-align={align}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data
            ? data.items.map((row) => (
                <Table.Tr key={rowKey(row)}>
                  {columns.map(({ label, align, cell }) => (
                    <Table.Td key={label} data-align={align} data-label={label}>
                      <span>{cell(row)}</span>
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))
            : Array.from({ length: SKELETON_ROWS }, (_, row) => (
                <Table.Tr key={row}>
                  {columns.map(({ label }) => (
                    <Table.Td key={label} data-label={label}>
                      <Skeleton h={18} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
        </Table.Tbody>
      </Table>
      <Group gap="xs" className="no-print">
        {cursor && (
          <Button variant="default" size="compact-md" onClick={() => setFilters({})}>
            {words.list.first}
          </Button>
        )}
        {data?.nextCursor && (
          <Button variant="default" size="compact-md" onClick={() => setFilters({ cursor: data.nextCursor! })}>
            {words.list.next}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** What an empty list says: what will be here, and how it gets there. */
export function Empty({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <Stack align="flex-start" gap="xs" py="xl">
      <Title order={2} size="h4">
        {title}
      </Title>
      {text && <Text c="dimmed">{text}</Text>}
      {action}
    </Stack>
  );
}
