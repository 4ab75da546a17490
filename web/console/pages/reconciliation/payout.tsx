import { SimpleGrid, Skeleton, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { amount, calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { BankAmount } from '../../parts/bank-amount.js';
import { useBankStatus } from '../../parts/bank-status.js';
import { List, type Column } from '../../parts/list.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import { FailureStatements } from './failure-statements.js';
import { PayoutActions } from './payout-actions.js';
import { PayoutFacts } from './payout-facts.js';
import { PayoutTrail } from './payout-trail.js';
import { PageLink } from '../../parts/page-link.js';

type Reconciled = Schema<'ReconciledPayoutDto'>;
type Line = Reconciled['lines'][number];
type Journal = Reconciled['journals'][number];

/** One payout: what the bank says beside what the books say, and what people can do about it. */
export default function PayoutPage() {
  const id = useParam('id');
  const texts = useWords().pages.payout;
  const { language } = useLanguage();
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/finance/reconciliation/payouts/{id}',
    { params: { path: { id } } },
    { refetchInterval: 10_000 },
  );
  const { data: payout } = api.useQuery(
    'get',
    '/v1/payouts/{id}',
    { params: { path: { id } } },
    { refetchInterval: 10_000 },
  );
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return (
    <Page
      title={texts.title(amount(data.amount, data.currency, language))}
      actions={payout && <PayoutActions payout={payout} />}
    >
      {payout?.waitsForPayee && <Note acts>{texts.waitsForPayee}</Note>}
      <PayoutFacts reconciled={data} payout={payout} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Section title={texts.bankSide}>
          <BankSide lines={data.lines} />
        </Section>
        <Section title={texts.booksSide}>
          <BooksSide journals={data.journals} currency={data.currency} />
        </Section>
      </SimpleGrid>
      <PayoutTrail payout={data} />
      {payout && <FailureStatements payout={payout} />}
    </Page>
  );
}

const given = <Row,>(items: readonly Row[]) => ({
  data: { items },
  error: null,
  isPending: false,
  refetch: () => undefined,
});

function BankSide({ lines }: { lines: readonly Line[] }) {
  const texts = useWords().pages.payout;
  const { language } = useLanguage();
  const statusOf = useBankStatus();
  const columns: Column<Line>[] = [
    {
      label: texts.status,
      cell: (line) => (
        <PageLink to={`/bank-lines/${line.id}`} title={line.status}>
          {statusOf(line)}
        </PageLink>
      ),
    },
    { label: texts.bookedOn, cell: ({ bookedOn }) => bookedOn && calendarDay(bookedOn, language) },
    { label: texts.result, cell: ({ result }) => <State of="bankLine" is={result} /> },
    {
      label: texts.sumColumn,
      align: 'right',
      cell: (line) => <BankAmount text={line.amount} currency={line.currency} />,
    },
  ];
  return (
    <List
      caption={texts.bankSide}
      columns={columns}
      query={given(lines)}
      rowKey={({ id }) => id}
      empty={<Text c="dimmed">{texts.noLines}</Text>}
      paged={false}
    />
  );
}

function BooksSide({ journals, currency }: { journals: readonly Journal[]; currency: string }) {
  const { pages, states } = useWords();
  const texts = pages.payout;
  const columns: Column<Journal>[] = [
    {
      label: texts.journal,
      cell: ({ id, kind }) => (
        <PageLink to={`/journals/${id}`} title={states.journal[kind]?.[1]}>
          {states.journal[kind]?.[0] ?? kind}
        </PageLink>
      ),
    },
    { label: texts.posted, cell: ({ postedAt }) => <Moment at={postedAt} /> },
    {
      label: texts.sumColumn,
      align: 'right',
      cell: (journal) => <Amount minor={journal.amount} asset={currency} />,
    },
  ];
  return (
    <List
      caption={texts.booksSide}
      columns={columns}
      query={given(journals)}
      rowKey={({ id }) => id}
      empty={<Text c="dimmed">{texts.noJournals}</Text>}
      paged={false}
    />
  );
}
