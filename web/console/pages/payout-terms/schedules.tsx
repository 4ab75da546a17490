import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { useDaysText } from './schedule-days.js';
import { PageLink } from '../../parts/page-link.js';

/** Schedules that draft batches. */
export default function Schedules() {
  const { pages, states } = useWords();
  const { payoutTerms: texts, payouts, shared } = pages;
  const daysText = useDaysText();
  const mayMake = useMay('admin', 'finance-maker');
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/payout-schedules', { params: { query: { cursor } } });
  const columns: Column<Schema<'PayoutScheduleDto'>>[] = [
    {
      label: texts.when,
      cell: (schedule) => (
        <PageLink to={`/payout-schedules/${schedule.id}`}>{texts.at(daysText(schedule), schedule.time)}</PageLink>
      ),
    },
    { label: shared.currency, cell: ({ currency }) => currency },
    { label: payouts.rail, cell: ({ rail }) => states.rail[rail][0] },
    { label: texts.timeZone, cell: ({ timeZone }) => timeZone },
    {
      label: texts.nextDue,
      cell: ({ nextDueAt, timeZone }) =>
        nextDueAt === null ? texts.never : <Moment at={nextDueAt} timeZone={timeZone} />,
    },
    { label: shared.state, cell: ({ state }) => <State of="schedule" is={state} /> },
  ];
  const add = mayMake && (
    <Button component={Link} to="/payout-schedules/new">
      {texts.newSchedule}
    </Button>
  );
  return (
    <Page title={texts.schedulesTitle} text={texts.schedulesText} actions={add}>
      <List
        caption={texts.schedulesTitle}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.noSchedule} text={texts.noScheduleText} action={add} />}
      />
    </Page>
  );
}
