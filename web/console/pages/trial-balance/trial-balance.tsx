import { Skeleton, Table, TextInput } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { Moment } from '../../../ui/moment.js';
import { useAssetName } from '../../parts/asset.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';

/** The sum of every account, now or as it was before a moment; each asset adds up to zero. */
export default function TrialBalance() {
  const texts = useWords().pages.trialBalance;
  const [filters, setFilters] = useFilters();
  const at = filters['at'];
  const { data, error, refetch } = api.useQuery('get', '/v1/finance/trial-balance', {
    params: { query: at ? { at: new Date(at).toISOString() } : {} },
  });
  const name = useAssetName();
  return (
    <Page
      title={texts.title}
      text={
        data && (
          <>
            {texts.asOf} <Moment at={data.at} />
          </>
        )
      }
    >
      <FilterBar>
        <TextInput
          type="datetime-local"
          label={texts.before}
          value={at ?? ''}
          onChange={(event) => setFilters({ at: event.currentTarget.value || undefined })}
        />
      </FilterBar>
      {error && !data && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!error && !data && <Skeleton h={320} />}
      {data?.totals.map(({ asset, sum }) => (
        <Section key={asset} title={name(asset)}>
          <Accounts asset={asset} sum={sum} lines={data.items.filter((line) => line.asset === asset)} />
        </Section>
      ))}
    </Page>
  );
}

interface AccountsProps {
  asset: string;
  sum: number;
  lines: readonly Schema<'TrialBalanceLineDto'>[];
}

function Accounts({ asset, sum, lines }: AccountsProps) {
  const { pages, states } = useWords();
  const texts = pages.trialBalance;
  const accounts: Readonly<Record<string, readonly [string, string] | undefined>> = states.account;
  return (
    <Table maw={560}>
      <caption className="visually-hidden">{texts.title}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.account}</Table.Th>
          <Table.Th ta="right">{texts.balance}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ account, balance }) => (
          <Table.Tr key={account}>
            <Table.Td title={accounts[account]?.[1]}>{accounts[account]?.[0] ?? account}</Table.Td>
            <Table.Td ta="right">
              <BareAmount minor={balance} asset={asset} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th>{texts.sum}</Table.Th>
          <Table.Th ta="right">
            <BareAmount minor={sum} asset={asset} />
          </Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}
