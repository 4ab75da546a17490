import { Code, Skeleton, Table } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { Facts } from '../../parts/facts.js';
import { only } from '../../parts/filters.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { Trail, type Stop } from '../../parts/trail.js';
import { useWords } from '../../words.js';
import { JournalKind } from './journal-kind.js';
import { PageLink } from '../../parts/page-link.js';
import { orderPath } from '../../parts/order-path.js';

type Journal = Schema<'JournalDetailDto'>;

/** One journal: its entries, what caused it, and where its money came from and went. */
export default function JournalPage() {
  const id = useParam('id');
  const { data, error, refetch } = api.useQuery('get', '/v1/finance/journals/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return <Found journal={data} />;
}

function Found({ journal }: { journal: Journal }) {
  const texts = useWords().pages.journals;
  return (
    <Page title={journal.description} text={<JournalKind is={journal.kind} />}>
      <Facts
        items={[
          [texts.number, <Code key="id">{journal.id}</Code>],
          [texts.occurredAt, <Moment key="occurred" at={journal.occurredAt} />],
          [texts.postedAt, <Moment key="posted" at={journal.postedAt} />],
          [
            texts.cause,
            <PageLink key="cause" to="/journals" search={only({ cause: journal.cause.id })}>
              {journal.cause.id}
            </PageLink>,
          ],
          [texts.businessKey, <Code key="key">{journal.businessKey}</Code>],
          [
            texts.seal,
            journal.seal ? `${String(journal.seal.position)} · ${journal.seal.seal.slice(0, 16)}…` : texts.notSealed,
          ],
        ]}
      />
      <Section title={texts.entries}>
        <Entries journal={journal} />
      </Section>
      <JournalTrail journal={journal} />
    </Page>
  );
}

function Entries({ journal: { entries } }: { journal: Journal }) {
  const { pages, states } = useWords();
  const texts = pages.journals;
  const accounts: Readonly<Record<string, readonly [string, string] | undefined>> = states.account;
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.entries}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.owner}</Table.Th>
          <Table.Th>{texts.account}</Table.Th>
          <Table.Th data-align="right">{texts.amount}</Table.Th>
          <Table.Th data-align="right">{texts.balanceAfter}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map(({ line, owner, account, amount, balanceAfter, asset }) => (
          <Table.Tr key={line}>
            <Table.Td data-label={texts.owner}>
              {owner.startsWith('mer_') ? <MerchantName id={owner} /> : texts.operator}
            </Table.Td>
            <Table.Td data-label={texts.account}>{accounts[account]?.[0] ?? account}</Table.Td>
            <Table.Td data-label={texts.amount} data-align="right">
              <AssetAmount minor={amount} asset={asset} />
            </Table.Td>
            <Table.Td data-label={texts.balanceAfter} data-align="right">
              {balanceAfter === null ? '–' : <AssetAmount minor={balanceAfter} asset={asset} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What stands before and after this journal, as far as single amounts can be followed. */
function JournalTrail({ journal }: { journal: Journal }) {
  const { pages } = useWords();
  const texts = pages.rewards.trail;
  const orders = journal.orders.map(({ storefront, orderId }): Stop => ({
    to: orderPath(storefront, orderId),
    name: orderId,
  }));
  const rewards = unique(journal.entries.map(({ reward }) => reward)).map((id): Stop => ({
    to: `/rewards/${id}`,
    name: `…${id.slice(-6)}`,
  }));
  const payouts = journal.payouts.map(({ id, reference, state }): Stop => ({
    to: `/reconciliation/payouts/${id}`,
    name: reference,
    facts: <State of="payout" is={state as Schema<'ReconciledPayoutDto'>['state']} />,
  }));
  const lines = journal.bankLines.map(({ report, status, bookedOn }): Stop => ({
    to: `/bank-reports/${report}`,
    name: status,
    facts: bookedOn,
  }));
  const stages = [
    { title: texts.order, stops: orders, none: '' },
    { title: texts.reward, stops: rewards, none: '' },
    { title: texts.journals, stops: [{ name: journal.description }], none: '' },
    { title: texts.payout, stops: payouts, none: '' },
    { title: texts.bank, stops: lines, none: '' },
  ].filter(({ stops }) => stops.length > 0);
  if (stages.length < 2) return null;
  return (
    <Section title={texts.title}>
      <Trail caption={texts.title} stages={stages} />
    </Section>
  );
}

function unique(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
