import { Button, Group, NativeSelect, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, client, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { useAssetName } from '../../parts/asset.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Entry = Schema<'EntryDto'>;
type Account = keyof ReturnType<typeof useWords>['states']['account'];
const ACCOUNTS = ['pending', 'available', 'reserved', 'held', 'owed'] as const satisfies Account[];
const AT_ONCE = 50;

/** The merchant's statement, entry by entry, with the sentence that says why; by asset and account. */
export function Entries({ id }: { id: string }) {
  const words = useWords();
  const texts = words.pages.merchants;
  const { language } = useLanguage();
  const name = useAssetName();
  const [filters, setFilters] = useFilters();
  const { asset, account } = filters;
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['get', '/v1/merchants/{id}/entries', id, asset],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => readEntries(id, asset, pageParam),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const balances = api.useQuery('get', '/v1/merchants/{id}/balances', { params: { path: { id } } });
  if (isPending) return <Skeleton h={320} />;
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  const items = all.filter((entry) => !account || entry.account === account);
  const columns: Column<Entry>[] = [
    { label: texts.at, cell: ({ at }) => <Moment at={at} /> },
    {
      label: texts.what,
      cell: ({ words: said, journal }) => <PageLink to={`/journals/${journal.id}`}>{said[language]}</PageLink>,
    },
    ...(asset ? [] : [{ label: texts.asset, cell: (entry: Entry) => name(entry.asset) }]),
    ...(account
      ? []
      : [
          {
            label: texts.account,
            cell: (entry: Entry) => words.states.account[entry.account]?.[0] ?? entry.account,
          },
        ]),
    { label: texts.amount, align: 'right', cell: (entry) => <BareAmount minor={entry.amount} asset={entry.asset} /> },
    {
      label: texts.balanceAfter,
      align: 'right',
      cell: (entry) => <BareAmount minor={entry.balanceAfter} asset={entry.asset} />,
    },
  ];
  return (
    <>
      <FilterBar>
        <NativeSelect
          label={texts.asset}
          value={asset ?? ''}
          onChange={(event) => setFilters({ asset: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: words.list.all },
            ...(balances.data?.items ?? []).map((one) => ({ value: one.asset, label: name(one.asset) })),
          ]}
        />
        <SelectFilter
          name="account"
          label={texts.account}
          options={optionsOf(words.states.account).filter(({ value }) => ACCOUNTS.some((one) => one === value))}
        />
      </FilterBar>
      <List
        caption={texts.tabs.entries}
        columns={columns}
        query={{ data: data && { items }, error, isPending, refetch }}
        paged={false}
        rowKey={(entry) => `${entry.journal.id} ${entry.asset} ${entry.account}`}
        empty={<Text c="dimmed">{texts.noEntries}</Text>}
      />
      <Group mt="xs">
        <Text size="sm" c="dimmed" role="status">
          {texts.shown(items.length, all.length)}
        </Text>
        {hasNextPage && (
          <Button variant="default" size="compact-md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words.more}
          </Button>
        )}
      </Group>
    </>
  );
}

async function readEntries(
  id: string,
  asset: string | undefined,
  cursor: string | undefined,
): Promise<Schema<'EntryPageDto'>> {
  const { data, error } = await client.GET('/v1/merchants/{id}/entries', {
    params: { path: { id }, query: { asset, order: 'desc', limit: AT_ONCE, cursor } },
  });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem as the API words it
  if (typeof data !== 'object') throw error;
  return data;
}
