import { Table } from '@mantine/core';
import { BareAmount } from '../../../ui/amount.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';
import { Bar } from './bar.js';
import type { Figures } from './sums.js';

/** What was sold of each product; rewards are of orders, so they are not counted here. */
export function ProductTable({ items, currency }: { items: readonly Figures[]; currency: string }) {
  const texts = useWords().pages.figures;
  const { language } = useLanguage();
  const longest = Math.max(0, ...items.map(({ sales }) => sales));
  const sales = texts.in(texts.sales, currency);
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.groupings.product}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.groupings.product}</Table.Th>
          {[texts.completed, texts.units, sales].map((label) => (
            <Table.Th key={label} data-align="right">
              {label}
            </Table.Th>
          ))}
          <Table.Td w="40%" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ product, completed, units, sales: sold }) => (
          <Table.Tr key={product}>
            <Table.Td data-label={texts.groupings.product}>{product}</Table.Td>
            <Table.Td data-label={texts.completed} data-align="right">
              {count(completed, language)}
            </Table.Td>
            <Table.Td data-label={texts.units} data-align="right">
              {count(units ?? 0, language)}
            </Table.Td>
            <Table.Td data-label={sales} data-align="right">
              <BareAmount minor={sold} asset={currency} />
            </Table.Td>
            <Table.Td>
              <Bar value={sold} of={longest} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
