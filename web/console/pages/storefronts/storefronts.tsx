import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

/** The shops that call with keys of their own. */
export default function Storefronts() {
  const { pages, states } = useWords();
  const texts = pages.storefronts;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/storefronts', { params: { query: { cursor } } });
  const columns: Column<Schema<'StorefrontDto'>>[] = [
    {
      label: texts.name,
      cell: ({ id, name }) => <PageLink to={`/storefronts/${id}`}>{name}</PageLink>,
    },
    { label: texts.currency, cell: ({ currency }) => currency },
    { label: texts.homeUrl, cell: ({ homeUrl }) => homeUrl },
    {
      label: texts.attribution,
      cell: ({ attributionWindowDays, touch }) => `${texts.days(attributionWindowDays)} · ${states.touch[touch][0]}`,
    },
    { label: texts.since, cell: ({ createdAt }) => <Day at={createdAt} /> },
  ];
  const add = (
    <Button component={Link} to="/storefronts/new">
      {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} text={texts.text} actions={add}>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.empty} text={texts.emptyText} action={add} />}
      />
    </Page>
  );
}
