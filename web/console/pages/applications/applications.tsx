import { Button } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { StateTabs, useStateTab } from '../../parts/state-tabs.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Application = Schema<'ApplicationDto'>;
const STATES = ['pending', 'approved', 'rejected'] as const;

/** Who wants to be a merchant, those who wait first. */
export default function Applications() {
  const words = useWords();
  const { pages, states } = words;
  const texts = pages.applications;
  const [filters] = useFilters();
  const state = useStateTab(STATES);
  const query = api.useQuery('get', '/v1/merchant-applications', {
    params: { query: { state, cursor: filters['cursor'] } },
  });
  const columns: Column<Application>[] = [
    {
      label: texts.name,
      cell: ({ id, displayName, erasedAt }) => (
        <PageLink to={`/applications/${id}`}>{erasedAt === null ? displayName : texts.erasedTitle}</PageLink>
      ),
    },
    { label: texts.wechatId, cell: ({ wechatId }) => wechatId },
    { label: texts.submittedAt, cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { label: texts.state, cell: (row) => <State of="application" is={row.state} /> },
  ];
  return (
    <Page title={texts.title}>
      <StateTabs states={STATES} words={states.application} />
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={
          <Empty
            title={texts.empty}
            text={texts.emptyText}
            action={
              <Button component="a" href="/join" variant="default">
                {texts.register}
              </Button>
            }
          />
        }
      />
    </Page>
  );
}
