import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { api, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Merchant = Schema<'MerchantDto'>;
const STATES = ['active', 'suspended', 'closed'] as const;

/** Every merchant: found by name, code or WeChat ID, by group, or by state. */
export default function Merchants() {
  const { pages, states, list } = useWords();
  const texts = pages.merchants;
  const [filters, setFilters] = useFilters();
  const reviews = useMay('reviewer', 'admin');
  const { search, group, cursor } = filters;
  const state = STATES.find((one) => one === filters['state']);
  const query = api.useQuery('get', '/v1/merchants', {
    params: { query: { search, group, state, cursor } },
  });
  const columns: Column<Merchant>[] = [
    {
      label: texts.name,
      cell: ({ id, displayName }) => <PageLink to={`/merchants/${id}`}>{displayName}</PageLink>,
    },
    { label: texts.code, cell: ({ code }) => <code>{code}</code> },
    { label: texts.wechatId, cell: ({ wechatId }) => wechatId },
    { label: texts.group, cell: ({ group }) => group ?? '–' },
    { label: texts.since, cell: ({ createdAt }) => <Day at={createdAt} /> },
    { label: texts.state, cell: (row) => <State of="merchant" is={row.state} /> },
  ];
  const filtered = search !== undefined || group !== undefined || state !== undefined;
  return (
    <Page title={texts.title}>
      <FilterBar>
        <Search
          key={`search ${search ?? ''}`}
          label={texts.search}
          placeholder={texts.searchHint}
          value={search ?? ''}
          onSearch={(next) => setFilters({ search: next || undefined })}
        />
        <Search
          key={`group ${group ?? ''}`}
          label={texts.group}
          value={group ?? ''}
          onSearch={(next) => setFilters({ group: next || undefined })}
        />
        <SelectFilter name="state" label={texts.state} options={optionsOf(states.merchant)} />
        {filtered && (
          <Button
            variant="subtle"
            onClick={() => setFilters({ search: undefined, group: undefined, state: undefined })}
          >
            {list.clear}
          </Button>
        )}
      </FilterBar>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={
          filtered ? (
            <Empty title={texts.noneFound} text={texts.noneFoundText} />
          ) : (
            <Empty
              title={texts.empty}
              text={texts.emptyText}
              action={
                reviews && (
                  <Button component={Link} to="/applications">
                    {texts.toApplications}
                  </Button>
                )
              }
            />
          )
        }
      />
    </Page>
  );
}

interface SearchProps {
  label: string;
  placeholder?: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Searches when Enter is pressed or the field is left. */
function Search({ label, placeholder, value, onSearch }: SearchProps) {
  const [typed, setTyped] = useState(value);
  const search = () => {
    if (typed.trim() !== value) onSearch(typed.trim());
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    search();
  };
  return (
    <form onSubmit={submit} role="search">
      <TextInput
        type="search"
        label={label}
        placeholder={placeholder}
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={search}
        w={{ base: '100%', xs: placeholder ? '18rem' : '10rem' }}
      />
    </form>
  );
}
