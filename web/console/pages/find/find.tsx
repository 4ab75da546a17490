import { Button, Group, Skeleton, Table, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api, type Schema } from '../../../api/client.js';
import { useFilters } from '../../parts/filters.js';
import { Empty } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';
import { pageOf } from './found-page.js';
import { PageLink } from '../../parts/page-link.js';

/** Whatever has a number: an order's, a bank's reference, a merchant's code, an id. What is found alone is opened. */
export default function Find() {
  const texts = useWords().pages.find;
  const [{ number }, setFilters] = useFilters();
  return (
    <Page title={texts.title} text={texts.text}>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('number');
          setFilters({ number: typeof typed === 'string' ? typed.trim() : undefined });
        }}
      >
        <Group align="flex-end">
          <TextInput
            key={number}
            type="search"
            name="number"
            label={texts.number}
            defaultValue={number}
            maxLength={128}
            required
            flex={1}
            maw={480}
          />
          <Button type="submit">{texts.find}</Button>
        </Group>
      </form>
      {number && <Results number={number} />}
    </Page>
  );
}

function Results({ number }: { number: string }) {
  const texts = useWords().pages.find;
  const navigate = useNavigate();
  const { data, error, refetch } = api.useQuery('get', '/v1/find', { params: { query: { number } } });
  const [only, ...others] = data?.items ?? [];
  const page = only && others.length === 0 ? pageOf(only) : undefined;
  useEffect(() => {
    if (page !== undefined) void navigate({ to: page, search: {}, replace: true });
  }, [navigate, page]);
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  return (
    <div role="status">
      {data.items.length === 0 ? (
        <Empty title={texts.nothing(number)} text={texts.nothingText} />
      ) : (
        <Found items={data.items} />
      )}
    </div>
  );
}

function Found({ items }: { items: readonly Schema<'FoundDto'>[] }) {
  const texts = useWords().pages.find;
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.title}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.kind}</Table.Th>
          <Table.Th>{texts.number}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((found) => {
          const page = pageOf(found);
          return (
            <Table.Tr key={`${found.kind} ${found.id}`}>
              <Table.Td data-label={texts.kind}>{texts.kinds[found.kind]}</Table.Td>
              <Table.Td data-label={texts.number}>
                {page === undefined ? (
                  <Text span>{found.label}</Text>
                ) : (
                  <PageLink to={page} className="breaks">
                    {found.label}
                  </PageLink>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
