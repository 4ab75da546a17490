import { Anchor, Text, Title } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { Day } from '../../../ui/moment.js';
import { AssetAmount, useAssetName } from '../../parts/asset.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { PageLink } from '../../parts/page-link.js';
import { useWords } from '../../words.js';

type Reward = Schema<'RewardDto'>;
type Balance = Schema<'BalanceDto'>;

/** What one merchant has of everything, and on which days what is pending matures. */
export function OneMerchant({ id }: { id: string }) {
  const { pages, states } = useWords();
  const texts = pages.owed;
  const nameOf = useAssetName();
  const [{ cursor }, setFilters] = useFilters();
  const path = { path: { id } };
  const name = api.useQuery('get', '/v1/merchants/{id}/name', { params: path }).data?.displayName ?? '…';
  const balances = api.useQuery('get', '/v1/merchants/{id}/balances', { params: path });
  const pending = api.useQuery('get', '/v1/rewards', {
    params: { query: { merchant: id, state: 'pending', limit: 50, cursor } },
  });
  const number = (label: string, of: (balance: Balance) => number): Column<Balance> => ({
    label,
    align: 'right',
    cell: (balance) => <BareAmount minor={of(balance)} asset={balance.asset} />,
  });
  const { account } = states;
  const columns: Column<Balance>[] = [
    { label: texts.asset, cell: ({ asset }) => nameOf(asset) },
    number(account.pending[0], (one) => one.pending),
    number(account.available[0], (one) => one.available),
    number(account.reserved[0], (one) => one.reserved),
    number(account['in-transit'][0], (one) => one.inTransit),
    number(account.held[0], (one) => one.held),
    number(account.owed[0], (one) => one.owed),
  ];
  const rewardColumns: Column<Reward>[] = [
    {
      label: texts.order,
      cell: (reward) => <PageLink to={`/rewards/${reward.id}`}>{reward.orderId}</PageLink>,
    },
    { label: texts.matures, cell: ({ matureAt }) => matureAt && <Day at={matureAt} /> },
    {
      label: account.pending[0],
      align: 'right',
      cell: (reward) => <AssetAmount minor={reward.pending} asset={reward.asset} />,
    },
  ];
  return (
    <>
      <Anchor component="button" type="button" ta="left" onClick={() => setFilters({ merchant: undefined })}>
        {texts.everybody}
      </Anchor>
      <Title order={3} size="h5">
        <PageLink to={`/merchants/${id}`}>{texts.balancesOf(name)}</PageLink>
      </Title>
      <List
        caption={texts.balancesOf(name)}
        columns={columns}
        query={balances}
        rowKey={({ asset }) => asset}
        empty={<Text>{texts.noBalances}</Text>}
        paged={false}
      />
      <Title order={3} size="h5">
        {texts.pendingTitle(name)}
      </Title>
      <List
        caption={texts.pendingTitle(name)}
        columns={rewardColumns}
        query={pending}
        rowKey={(reward) => reward.id}
        empty={<Text c="dimmed">{texts.noPending}</Text>}
      />
    </>
  );
}
