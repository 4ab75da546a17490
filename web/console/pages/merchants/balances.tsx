import { Skeleton, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { useAssetName } from '../../parts/asset.js';
import { only } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Balance = Schema<'BalanceDto'>;

/** Where each number is explained. */
const OPENS = {
  available: 'entries',
  pending: 'entries',
  reserved: 'entries',
  inTransit: 'payouts',
  held: 'holds',
  owed: 'debts',
} as const satisfies Partial<Record<keyof Balance, string>>;
type Part = keyof typeof OPENS;
const PARTS = Object.keys(OPENS) as Part[];

/** What a merchant has, by asset; every number opens what it is made of. */
export function Balances({ id }: { id: string }) {
  const words = useWords();
  const texts = words.pages.merchants;
  const name = useAssetName();
  const query = api.useQuery('get', '/v1/merchants/{id}/balances', { params: { path: { id } } });
  const columns: Column<Balance>[] = [
    { label: texts.asset, cell: ({ asset }) => name(asset) },
    ...PARTS.map((part): Column<Balance> => ({
      label: part === 'inTransit' ? words.states.account['in-transit'][0] : words.states.account[part][0],
      align: 'right',
      cell: (balance) => <Part id={id} balance={balance} part={part} />,
    })),
  ];
  return (
    <Section title={texts.balances}>
      {query.isPending ? (
        <Skeleton h={120} />
      ) : (
        <List
          caption={texts.balances}
          columns={columns}
          query={query}
          paged={false}
          rowKey={({ asset }) => asset}
          empty={<Text c="dimmed">{texts.noBalances}</Text>}
        />
      )}
    </Section>
  );
}

function Part({ id, balance, part }: { id: string; balance: Balance; part: Part }) {
  const amount = <BareAmount minor={balance[part]} asset={balance.asset} />;
  if (balance[part] === 0) return amount;
  const search =
    OPENS[part] === 'entries' ? { tab: 'entries', asset: balance.asset, account: part } : { tab: OPENS[part] };
  return (
    <PageLink to={`/merchants/${id}`} search={only(search)} hash="records">
      {amount}
    </PageLink>
  );
}
