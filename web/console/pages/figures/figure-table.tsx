import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { BareAmount } from '../../../ui/amount.js';
import { count, rate } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { AssetAmount } from '../../parts/asset.js';
import { useWords } from '../../words.js';
import { Bar } from './bar.js';
import { costOf, shareOf, type Figures } from './sums.js';

interface Props {
  caption: string;
  /** The heading of the first column, and what stands in it. */
  heading: string;
  name: (item: Figures) => ReactNode;
  items: readonly Figures[];
  currency: string;
  /** Set where all sales are those of merchants. */
  allBrought?: boolean;
}

/** Groups, storefronts or merchants, each with its counts, sums and what their rewards cost. */
export function FigureTable({ caption, heading, name, items, currency, allBrought = false }: Props) {
  const texts = useWords().pages.figures;
  const { language } = useLanguage();
  const longest = Math.max(0, ...items.map(({ sales }) => sales));
  const sales = texts.in(texts.sales, currency);
  const attributed = texts.in(texts.attributedSales, currency);
  return (
    <Table className="list">
      <caption className="visually-hidden">{caption}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{heading}</Table.Th>
          {[texts.visits, texts.completed, sales].map((label) => (
            <Table.Th key={label} data-align="right">
              {label}
            </Table.Th>
          ))}
          <Table.Td w="16%" />
          {[...(allBrought ? [] : [attributed]), texts.cost, texts.share].map((label) => (
            <Table.Th key={label} data-align="right">
              {label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item, index) => {
          const share = shareOf({ cost: costOf(item), attributedSales: item.attributedSales ?? 0 });
          return (
            <Table.Tr key={index}>
              <Table.Td data-label={heading}>{name(item)}</Table.Td>
              <Table.Td data-label={texts.visits} data-align="right">
                {item.visits ? count(item.visits, language) : '–'}
              </Table.Td>
              <Table.Td data-label={texts.completed} data-align="right">
                {item.completed === 0 ? '–' : count(item.completed, language)}
              </Table.Td>
              <Table.Td data-label={sales} data-align="right">
                <BareAmount minor={item.sales} asset={currency} />
              </Table.Td>
              <Table.Td>
                <Bar value={item.sales} of={longest} part={item.attributedSales} />
              </Table.Td>
              {!allBrought && (
                <Table.Td data-label={attributed} data-align="right">
                  <BareAmount minor={item.attributedSales ?? 0} asset={currency} />
                </Table.Td>
              )}
              <Table.Td data-label={texts.cost} data-align="right">
                <Cost item={item} />
              </Table.Td>
              <Table.Td data-label={texts.share} data-align="right">
                {share === null ? '–' : rate(share, language)}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

/** What rewards cost in each asset. */
function Cost({ item: { rewardCost } }: { item: Figures }) {
  if (rewardCost.length === 0) return '–';
  return (
    <span>
      {rewardCost.map(({ asset, cost }) => (
        <span key={asset} className="line">
          <AssetAmount minor={cost} asset={asset} />
        </span>
      ))}
    </span>
  );
}
