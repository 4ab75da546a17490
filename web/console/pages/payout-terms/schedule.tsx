import { Button, Skeleton, Text } from '@mantine/core';
import { useRef } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Facts } from '../../parts/facts.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { BankDays } from './bank-days.js';
import { useDaysText } from './schedule-days.js';
import { ScheduleForm } from './schedule-form.js';
import { PageLink } from '../../parts/page-link.js';

type Schedule = Schema<'PayoutScheduleWithRunsDto'>;

/** One schedule: when it drafts, what it did, and on which days banks work. */
export default function SchedulePage() {
  const id = useParam('id');
  const words = useWords();
  const texts = words.pages.payoutTerms;
  const daysText = useDaysText();
  const mayChange = useMay('admin', 'finance-maker');
  const [{ edit }, setFilters] = useFilters();
  const { data, error, refetch } = api.useQuery('get', '/v1/payout-schedules/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  if (edit !== undefined && mayChange)
    return <EditSchedule schedule={data} onDone={() => setFilters({ edit: undefined })} />;
  return (
    <Page
      title={texts.scheduleTitle(data.currency, texts.at(daysText(data), data.time))}
      actions={
        mayChange &&
        data.state === 'active' && (
          <>
            <Button variant="default" onClick={() => setFilters({ edit: 'true' })}>
              {texts.editSchedule}
            </Button>
            <EndSchedule id={id} />
          </>
        )
      }
    >
      {data.problem !== null && (
        <Note acts title={texts.problem}>
          {data.problem}
        </Note>
      )}
      {data.unknownYears.length > 0 && <Note acts>{texts.unknownYears(data.unknownYears.join(', '))}</Note>}
      <ScheduleFacts schedule={data} />
      <Section title={texts.runs}>
        <Runs schedule={data} />
      </Section>
      <BankDays schedule={id} />
    </Page>
  );
}

function ScheduleFacts({ schedule }: { schedule: Schedule }) {
  const { pages, states } = useWords();
  const { payoutTerms: texts, payouts, shared } = pages;
  const format = schedule.fileFormat && states.fileFormat[schedule.fileFormat][0];
  return (
    <Facts
      items={[
        [shared.state, <State key="state" of="schedule" is={schedule.state} />],
        [
          texts.nextDue,
          schedule.nextDueAt === null ? (
            texts.never
          ) : (
            <Moment key="next" at={schedule.nextDueAt} timeZone={schedule.timeZone} />
          ),
        ],
        [texts.timeZone, schedule.timeZone],
        [payouts.rail, [states.rail[schedule.rail][0], format].filter(Boolean).join(' · ')],
        [
          payouts.minimum,
          schedule.minAmount != null && <Amount minor={schedule.minAmount} asset={schedule.currency} />,
        ],
        [texts.shift, states.shift[schedule.shift ?? 'none'][0]],
      ]}
    />
  );
}

function Runs({ schedule }: { schedule: Schedule }) {
  const texts = useWords().pages.payoutTerms;
  const { language } = useLanguage();
  const columns: Column<Schedule['runs'][number]>[] = [
    { label: texts.due, cell: ({ dueOn }) => calendarDay(dueOn, language) },
    { label: texts.drafted, cell: ({ draftedAt }) => <Moment at={draftedAt} /> },
    { label: texts.missed, align: 'right', cell: ({ missed }) => missed || '–' },
    {
      label: texts.batch,
      cell: ({ batch }) =>
        batch === null ? texts.nobodyToPay : <PageLink to={`/payouts/${batch}`}>{texts.openBatch}</PageLink>,
    },
  ];
  return (
    <List
      caption={texts.runs}
      columns={columns}
      query={{ data: { items: schedule.runs }, error: null, isPending: false, refetch: () => undefined }}
      rowKey={({ dueOn, number }) => `${dueOn}-${number}`}
      empty={<Text c="dimmed">{texts.noRuns}</Text>}
      paged={false}
    />
  );
}

function EditSchedule({ schedule, onDone }: { schedule: Schedule; onDone: () => void }) {
  const texts = useWords().pages.payoutTerms;
  const terms = useRef<Schema<'PutPayoutScheduleDto'>>(null);
  const action = useAction(
    () => client.PUT('/v1/payout-schedules/{id}', { params: { path: { id: schedule.id } }, body: terms.current! }),
    () => texts.scheduleSaved,
  );
  return (
    <Page title={texts.editScheduleTitle}>
      <ScheduleForm
        schedule={schedule}
        pending={action.pending}
        error={action.error}
        onSave={(chosen) => {
          terms.current = chosen;
          void action.run().then((done) => done && onDone());
        }}
      />
    </Page>
  );
}

function EndSchedule({ id }: { id: string }) {
  const texts = useWords().pages.payoutTerms;
  const action = useAction(
    (headers) => client.POST('/v1/payout-schedules/{id}/end', { params: { path: { id } }, headers }),
    () => texts.ended,
  );
  return (
    <ActionDialog
      label={texts.end}
      title={texts.end}
      confirm={texts.end}
      action={action}
      button={{ variant: 'default' }}
    >
      <Text>{texts.endText}</Text>
    </ActionDialog>
  );
}
