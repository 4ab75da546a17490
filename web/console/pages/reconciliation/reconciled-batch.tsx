import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { moment } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { State } from '../../../ui/state.js';
import { BankAmount } from '../../parts/bank-amount.js';
import { useBankStatus } from '../../parts/bank-status.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Payout = Schema<'ReconciledPayoutDto'>;

/** The payouts of a batch, each with what the bank and the books say of it. */
export default function ReconciledBatch() {
  const id = useParam('id');
  const words = useWords();
  const texts = words.pages.reconciliation;
  const { language } = useLanguage();
  const [{ cursor }] = useFilters();
  const batch = api.useQuery('get', '/v1/payout-batches/{id}', { params: { path: { id } } }).data;
  const query = api.useQuery('get', '/v1/finance/reconciliation/{id}', {
    params: { path: { id }, query: { limit: 100, cursor } },
  });
  const columns: Column<Payout>[] = [
    { label: texts.payee, cell: ({ merchant }) => <MerchantName id={merchant} /> },
    {
      label: texts.reference,
      cell: ({ id: payout, reference }) => (
        <PageLink to={`/reconciliation/payouts/${payout}`} size="xs" ff="monospace">
          {reference}
        </PageLink>
      ),
    },
    {
      label: texts.amount,
      align: 'right',
      cell: ({ sentAmount, currency }) => <Amount minor={sentAmount} asset={currency} />,
    },
    {
      label: texts.state,
      cell: ({ state, openDays }) => (
        <>
          <State of="payout" is={state} />
          {openDays !== null && (
            <Text size="xs" c="dimmed">
              {texts.openFor(openDays)}
            </Text>
          )}
        </>
      ),
    },
    { label: texts.bank, cell: ({ lines }) => <BankSide lines={lines} /> },
    {
      label: texts.books,
      cell: ({ journals }) => {
        const last = journals.at(-1);
        if (!last) return texts.nothingYet;
        const said = words.states.journal[last.kind];
        return (
          <PageLink to={`/journals/${last.id}`} title={said?.[1]}>
            {said?.[0] ?? last.kind}
          </PageLink>
        );
      },
    },
  ];
  return (
    <Page
      title={texts.batchTitle(batch?.submittedAt ? moment(batch.submittedAt, language) : '…')}
      actions={
        <Button component={Link} to={`/payouts/${id}`} variant="default">
          {texts.toBatch}
        </Button>
      }
    >
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={(payout) => payout.id}
        empty={<Empty title={texts.noPayouts} />}
      />
    </Page>
  );
}

function BankSide({ lines }: { lines: Payout['lines'] }) {
  const texts = useWords().pages.reconciliation;
  const statusOf = useBankStatus();
  const last = lines.at(-1);
  if (!last) return <Text c="dimmed">{texts.nothingYet}</Text>;
  return (
    <PageLink to={`/bank-lines/${last.id}`}>
      {statusOf(last)} <BankAmount text={last.amount} currency={last.currency} />
    </PageLink>
  );
}
