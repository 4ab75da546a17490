import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { State } from '../../../ui/state.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { keyOf, SelectFilter } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Batch = Schema<'PayoutBatchDto'>;
type Payout = Schema<'PayoutDto'>;

/** The payouts of a batch, each with its payee as the bank reads it, and what became of it. */
export function PayoutList({ batch }: { batch: Batch }) {
  const { pages, states } = useWords();
  const { payouts: texts, shared } = pages;
  const { language } = useLanguage();
  const [{ cursor, of }] = useFilters();
  const state = keyOf(states.payout, of);
  const query = api.useQuery(
    'get',
    '/v1/payout-batches/{id}/payouts',
    { params: { path: { id: batch.id }, query: { limit: 100, cursor, state } } },
    { refetchInterval: batch.state === 'submitted' && 10_000 },
  );
  return (
    <>
      {(batch.outcomes.length > 1 || state) && (
        <FilterBar>
          <SelectFilter
            name="of"
            label={shared.state}
            options={batch.outcomes.map((one) => ({
              value: one.state,
              label: `${states.payout[one.state][0]} (${count(one.count, language)})`,
            }))}
          />
        </FilterBar>
      )}
      <List
        caption={texts.title}
        columns={usePayoutColumns(batch)}
        query={query}
        rowKey={({ id }) => id}
        empty={
          state ? (
            <Empty title={texts.noPayoutsOfState} />
          ) : (
            <Empty title={texts.noPayouts} text={texts.noPayoutsText} />
          )
        }
      />
    </>
  );
}

/** The facts of a payout that a checker has to see, in their order. */
export function usePayoutColumns(batch: Batch): Column<Payout>[] {
  const { payouts: texts, shared } = useWords().pages;
  const { currency } = batch;
  const columns: (Column<Payout> | false)[] = [
    { label: texts.payee, cell: (payout) => <Payee payout={payout} /> },
    { label: texts.account2, cell: ({ beneficiary }) => <BankAccount beneficiary={beneficiary} /> },
    {
      label: `${texts.amount} (${currency})`,
      align: 'right',
      cell: ({ amount }) => <BareAmount minor={amount} asset={currency} />,
    },
    batch.fees > 0 && {
      label: `${texts.feeColumn} (${currency})`,
      align: 'right',
      cell: ({ fee }) => <BareAmount minor={fee} asset={currency} />,
    },
    batch.controlSum !== batch.total && {
      label: `${texts.sent} (${currency})`,
      align: 'right',
      cell: ({ sentAmount }) => <BareAmount minor={sentAmount} asset={currency} />,
    },
    batch.submittedAt !== null && { label: shared.state, cell: (payout) => <Outcome payout={payout} /> },
    {
      label: texts.reference,
      cell: ({ id, reference }) =>
        batch.submittedAt === null ? (
          <Reference text={reference} />
        ) : (
          <PageLink to={`/reconciliation/payouts/${id}`}>
            <Reference text={reference} />
          </PageLink>
        ),
    },
  ];
  return columns.filter((column) => column !== false);
}

function Payee({ payout: { merchant, beneficiary } }: { payout: Payout }) {
  const { pages, states } = useWords();
  const { holder, holderSent, warnings } = beneficiary;
  return (
    <>
      <PageLink to={`/merchants/${merchant}`}>{holder}</PageLink>
      {holderSent !== holder && (
        <Text size="xs" c="dimmed">
          {pages.payouts.sentAs(holderSent)}
        </Text>
      )}
      {warnings.map(({ code }) => (
        <span key={code} className="state" data-acts title={states.payoutWarning[code][1]}>
          {states.payoutWarning[code][0]}
        </span>
      ))}
    </>
  );
}

function BankAccount({ beneficiary: { maskedNumber, bankName, bic } }: { beneficiary: Payout['beneficiary'] }) {
  const bank = bankName ?? bic;
  return (
    <>
      <span className="amount">{maskedNumber}</span>
      {bank !== null && (
        <Text size="xs" c="dimmed">
          {bank}
        </Text>
      )}
    </>
  );
}

function Outcome({ payout: { state, stopReason, reason, reasonCode } }: { payout: Payout }) {
  const { skip } = useWords().states;
  const why = [stopReason && skip[stopReason][0], reasonCode, reason].filter(Boolean).join(' · ');
  return (
    <>
      <State of="payout" is={state} />
      {why && (
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      )}
    </>
  );
}

/** A reference of 26 characters in two parts, so that a narrow column may break it. */
function Reference({ text }: { text: string }) {
  return (
    <Text component="span" size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}
