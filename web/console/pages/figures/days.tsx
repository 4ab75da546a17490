import { Skeleton, Table } from '@mantine/core';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { BareAmount } from '../../../ui/amount.js';
import { amount, calendarDay, count, decimal, decimalsOf, rate } from '../../../ui/format.js';
import { useLanguage, type Language } from '../../../ui/language.js';
import { useWords } from '../../words.js';
import type { Series } from './chart.js';
import { FigureSection } from './figure-section.js';
import { useAsked, type useFigures } from './queries.js';
import { byDay, shareOf, type Figures } from './sums.js';

const Chart = lazy(() => import('./chart.js'));

interface Props {
  daily: ReturnType<typeof useFigures>;
  items: readonly Figures[];
  currency: string;
}

/** Sales by day, and what rewards cost of them. */
export function Days({ daily, items, currency }: Props) {
  const texts = useWords().pages.figures;
  const { language } = useLanguage();
  const { from, to } = useAsked();
  const days = useMemo(() => byDay(items, from, to), [items, from, to]);
  const names = useMemo(() => days.map(({ day }) => day), [days]);
  const money = useCallback((minor: number) => amount(minor, currency, language), [currency, language]);
  const short = useCallback((minor: number) => compact(minor, currency, language), [currency, language]);
  const dayText = useCallback((day: string) => shortDay(day, language), [language]);
  const sales = useMemo<Series[]>(
    () => [
      { label: texts.sales, shape: 'all', values: days.map(({ sums }) => sums.sales), format: money },
      {
        label: texts.attributedSales,
        shape: 'part',
        values: days.map(({ sums }) => sums.attributedSales),
        format: money,
      },
    ],
    [days, money, texts],
  );
  const rewards = useMemo<Series[]>(
    () => [
      { label: texts.cost, shape: 'part', values: days.map(({ sums }) => sums.cost), format: money },
      {
        label: texts.share,
        shape: 'share',
        values: days.map(({ sums }) => shareOf(sums)),
        format: (basisPoints) => rate(Math.round(basisPoints), language),
      },
    ],
    [days, money, language, texts],
  );
  const csv = { path: '/v1/stats/daily', query: daily.query, name: 'days.csv' };
  const table = <DayTable days={days} currency={currency} />;
  const shown = { days: names, short, dayText, dayLabel: texts.day };
  return (
    <>
      <FigureSection title={texts.salesByDay} query={daily} csv={csv} table={table}>
        <Suspense fallback={<Skeleton h={240} />}>
          <Chart label={texts.salesByDay} series={sales} {...shown} />
        </Suspense>
      </FigureSection>
      <FigureSection title={texts.costByDay} text={texts.costText} query={daily} csv={csv} table={table}>
        <Suspense fallback={<Skeleton h={240} />}>
          <Chart label={texts.costByDay} series={rewards} {...shown} />
        </Suspense>
      </FigureSection>
    </>
  );
}

/** A day without its year, for an axis. */
function shortDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** Short, for an axis: `¥12K`, `¥1.2万`. */
function compact(minor: number, currency: string, language: Language): string {
  const text = decimal(Math.round(minor), decimalsOf(currency)) as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  })
    .format(text)
    .replace('-', '−');
}

function DayTable({ days, currency }: { days: ReturnType<typeof byDay>; currency: string }) {
  const texts = useWords().pages.figures;
  const { language } = useLanguage();
  const happened = days.filter(({ sums }) => Object.values(sums).some((sum) => sum !== 0));
  const counts = ['visits', 'placed', 'completed'] as const;
  const amounts = ['sales', 'attributedSales', 'refunds', 'cost'] as const;
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.salesByDay}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.day}</Table.Th>
          {[...counts.map((name) => texts[name]), ...amounts.map((name) => texts.in(texts[name], currency))].map(
            (label) => (
              <Table.Th key={label} data-align="right">
                {label}
              </Table.Th>
            ),
          )}
          <Table.Th data-align="right">{texts.share}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {happened.map(({ day, sums }) => {
          const share = shareOf(sums);
          return (
            <Table.Tr key={day}>
              <Table.Td data-label={texts.day}>
                <time dateTime={day}>{calendarDay(day, language)}</time>
              </Table.Td>
              {counts.map((name) => (
                <Table.Td key={name} data-label={texts[name]} data-align="right">
                  {sums[name] === 0 ? '–' : count(sums[name], language)}
                </Table.Td>
              ))}
              {amounts.map((name) => (
                <Table.Td key={name} data-label={texts.in(texts[name], currency)} data-align="right">
                  <BareAmount minor={sums[name]} asset={currency} />
                </Table.Td>
              ))}
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
