import { NativeSelect, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { bareAmount, count, decimal, decimalsOf, isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useAssetName } from '../../parts/asset.js';
import { BarChart } from '../../parts/bar-chart.js';
import { CsvButton } from '../../parts/csv.js';
import { List, type Column } from '../../parts/list.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import type { Cost, Simulated } from './simulate.js';

/** Merchants in the chart; the table has all that were told. */
const DRAWN = 10;

/** What the rules would have cost: by asset, and for the merchants whom it concerns most. */
export function SimulationResult({ result }: { result: Simulated }) {
  const texts = useWords().pages.rewardRules.simulation;
  const { language } = useLanguage();
  const name = useAssetName();
  const [asset, setAsset] = useState(result.perAsset[0]?.asset ?? '');
  const rows = result.perMerchant.filter((row) => row.asset === asset);
  const columns = useCostColumns();
  const assetColumn: Column<Cost> = { label: texts.asset, cell: (cost) => name(cost.asset) };
  const whole = <Row,>(items: readonly Row[]) => ({
    data: { items },
    error: null,
    isPending: false,
    refetch: () => undefined,
  });
  return (
    <>
      <Text fw={600}>{texts.orders(count(result.orders, language))}</Text>
      <List
        caption={texts.byAsset}
        columns={[assetColumn, ...columns]}
        paged={false}
        query={whole(result.perAsset)}
        rowKey={(cost) => cost.asset}
        empty={<Text c="dimmed">{texts.nothing}</Text>}
      />
      {asset !== '' && (
        <Section
          title={texts.byMerchant}
          actions={
            <NativeSelect
              aria-label={texts.asset}
              value={asset}
              onChange={(event) => setAsset(event.currentTarget.value)}
              data={result.perAsset.map((cost) => ({ value: cost.asset, label: name(cost.asset) }))}
            />
          }
        >
          <MerchantChart rows={rows.slice(0, DRAWN)} asset={asset} />
          <List
            caption={texts.byMerchant}
            columns={[{ label: texts.merchant, cell: ({ merchant }) => <MerchantName id={merchant} /> }, ...columns]}
            paged={false}
            query={whole(rows)}
            rowKey={({ merchant }) => merchant}
            empty={<Text c="dimmed">{texts.nothing}</Text>}
          />
          {result.leftOut > 0 && <Text size="sm">{texts.leftOut(count(result.leftOut, language))}</Text>}
          <div>
            <CsvButton
              name="simulation"
              rows={[
                [texts.merchant, texts.asset, texts.wouldCost, texts.granted],
                ...result.perMerchant.map((row) => [
                  row.merchant,
                  row.asset,
                  plain(row.wouldCost, row.asset),
                  plain(row.granted, row.asset),
                ]),
              ]}
            />
          </div>
        </Section>
      )}
    </>
  );
}

function useCostColumns(): Column<Cost>[] {
  const texts = useWords().pages.rewardRules.simulation;
  const column = (label: string, minor: (cost: Cost) => number): Column<Cost> => ({
    label,
    align: 'right',
    cell: (cost) => <BareAmount minor={minor(cost)} asset={cost.asset} />,
  });
  return [
    column(texts.granted, ({ granted }) => granted),
    column(texts.wouldCost, ({ wouldCost }) => wouldCost),
    column(texts.difference, ({ wouldCost, granted }) => wouldCost - granted),
  ];
}

function MerchantChart({ rows, asset }: { rows: readonly (Cost & { merchant: string })[]; asset: string }) {
  const texts = useWords().pages.rewardRules.simulation;
  const { language } = useLanguage();
  const names = useQueries({
    queries: rows.map(({ merchant: id }) => ({
      queryKey: ['get', '/v1/merchants/{id}/name', { params: { path: { id } } }],
      queryFn: async () => (await client.GET('/v1/merchants/{id}/name', { params: { path: { id } } })).data,
      staleTime: 300_000,
    })),
  });
  const labels = names.map(({ data }) => data?.displayName ?? '').join('\n');
  const drawn = useMemo(
    () => ({
      labels: labels.split('\n'),
      series: [
        { label: texts.wouldCost, values: rows.map(({ wouldCost }) => wouldCost) },
        { label: texts.granted, values: rows.map(({ granted }) => granted) },
      ],
      format: (value: number) => (Number.isInteger(value) ? bareAmount(value, asset, language) : ''),
    }),
    // The rows of one result do not change.
    [labels, asset, language, texts],
  );
  return <BarChart {...drawn} caption={texts.chart} />;
}

/** An amount for a spreadsheet: `1234.56`. */
function plain(minor: number, asset: string): string {
  return isMoney(asset) ? decimal(minor, decimalsOf(asset)) : minor.toString();
}
