import { Table } from '@mantine/core';
import { Amount } from '../../../ui/amount.js';
import { count, rate } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Facts } from '../../parts/facts.js';
import { useWords } from '../../words.js';
import { Bar } from './bar.js';
import { FigureSection } from './figure-section.js';
import type { useFigures } from './queries.js';
import { shareOf, sumOf, type Figures } from './sums.js';

interface Props {
  daily: ReturnType<typeof useFigures>;
  items: readonly Figures[];
  currency: string;
}

/** From the visit to the refund: how many there were, and how many of them merchants brought. */
export function Funnel({ daily, items, currency }: Props) {
  const texts = useWords().pages.figures;
  const { language } = useLanguage();
  const sums = sumOf(items);
  const share = shareOf(sums);
  const steps = [
    [texts.visits, sums.visits, sums.attributedVisits],
    [texts.placed, sums.placed, sums.attributedPlaced],
    [texts.completed, sums.completed, sums.attributedCompleted],
    [texts.refunded, sums.refunded, null],
  ] as const;
  const longest = Math.max(...steps.map(([, all]) => all));
  return (
    <FigureSection
      title={texts.funnel}
      text={texts.funnelText}
      query={daily}
      csv={{ path: '/v1/stats/daily', query: daily.query, name: 'days.csv' }}
    >
      <Facts
        items={[
          [texts.sales, <Amount key="sales" minor={sums.sales} asset={currency} />],
          [texts.attributedSales, <Amount key="attributed" minor={sums.attributedSales} asset={currency} />],
          [texts.refunds, <Amount key="refunds" minor={sums.refunds} asset={currency} />],
          [texts.cost, <Amount key="cost" minor={sums.cost} asset={currency} />],
          [texts.share, share === null ? '–' : rate(share, language)],
        ]}
      />
      <Table className="list">
        <caption className="visually-hidden">{texts.funnel}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.step}</Table.Th>
            <Table.Th data-align="right">{texts.all}</Table.Th>
            <Table.Th data-align="right">{texts.attributed}</Table.Th>
            <Table.Td w="50%" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map(([name, all, attributed]) => (
            <Table.Tr key={name}>
              <Table.Td data-label={texts.step}>{name}</Table.Td>
              <Table.Td data-label={texts.all} data-align="right">
                {count(all, language)}
              </Table.Td>
              <Table.Td data-label={texts.attributed} data-align="right">
                {attributed === null ? '–' : count(attributed, language)}
              </Table.Td>
              <Table.Td>
                <Bar value={all} of={longest} part={attributed} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </FigureSection>
  );
}
