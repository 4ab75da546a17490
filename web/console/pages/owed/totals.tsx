import { Text } from '@mantine/core';
import { api } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { useAssetName } from '../../parts/asset.js';
import { List, type Column } from '../../parts/list.js';
import { useWords } from '../../words.js';

/** Accounts of merchants, from what is earned to what is with the bank. */
const MERCHANT_ACCOUNTS = ['pending', 'available', 'reserved', 'in-transit', 'held', 'owed'] as const;

interface Row {
  asset: string;
  balance: (account: string) => number;
}

/** What all merchants have together, an asset a row. */
export function Totals() {
  const { pages, states } = useWords();
  const texts = pages.owed;
  const nameOf = useAssetName();
  const query = api.useQuery('get', '/v1/finance/trial-balance', { params: { query: {} } });
  const lines = query.data?.items ?? [];
  const rows = [...new Set(lines.map(({ asset }) => asset))].map((asset): Row => {
    const balance = (account: string) =>
      lines.find((line) => line.asset === asset && line.account === account)?.balance ?? 0;
    return { asset, balance };
  });
  const columns: Column<Row>[] = [
    { label: texts.asset, cell: ({ asset }) => nameOf(asset) },
    ...MERCHANT_ACCOUNTS.map((account): Column<Row> => ({
      label: states.account[account][0],
      align: 'right',
      cell: ({ asset, balance }) => <BareAmount minor={balance(account)} asset={asset} />,
    })),
  ];
  return (
    <>
      <Text size="sm" c="dimmed">
        {texts.totalsText}
      </Text>
      <List
        caption={texts.totals}
        columns={columns}
        query={{ ...query, data: query.data && { items: rows } }}
        rowKey={({ asset }) => asset}
        empty={<Text>{texts.noBalances}</Text>}
        paged={false}
      />
    </>
  );
}
