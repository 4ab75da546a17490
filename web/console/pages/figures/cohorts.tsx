import { SegmentedControl, Table } from '@mantine/core';
import { useState } from 'react';
import { api, type Schema } from '../../../api/client.js';
import { bareAmount, count, rate } from '../../../ui/format.js';
import { useLanguage, type Language } from '../../../ui/language.js';
import { Empty } from '../../parts/list.js';
import { useWords } from '../../words.js';
import { FigureSection } from './figure-section.js';
import { useAsked } from './queries.js';

type Cohort = Schema<'CohortDto'>;
const MEASURES = ['active', 'completed', 'sales'] as const;
type Measure = (typeof MEASURES)[number];

/** Merchants by month of joining, and how many of them brought what in each month since. */
export function Cohorts({ currency }: { currency: string }) {
  const texts = useWords().pages.figures;
  const { storefront } = useAsked();
  const [measure, setMeasure] = useState<Measure>('active');
  const query = { storefront, currency };
  const cohorts = api.useQuery('get', '/v1/stats/cohorts', { params: { query } });
  const items = (cohorts.data?.items ?? []).filter(({ merchants }) => merchants > 0);
  return (
    <FigureSection
      title={texts.cohorts}
      text={texts.cohortsText}
      query={cohorts}
      csv={{ path: '/v1/stats/cohorts', query, name: 'cohorts.csv' }}
      actions={
        <SegmentedControl
          aria-label={texts.measure}
          value={measure}
          onChange={(next) => setMeasure(MEASURES.find((one) => one === next) ?? 'active')}
          data={MEASURES.map((value) => ({ value, label: texts.measures[value] }))}
        />
      }
    >
      {items.length === 0 ? (
        <Empty title={texts.empty} />
      ) : (
        <CohortTable items={items} measure={measure} currency={currency} />
      )}
    </FigureSection>
  );
}

function CohortTable({ items, measure, currency }: { items: readonly Cohort[]; measure: Measure; currency: string }) {
  const texts = useWords().pages.figures;
  const { language } = useLanguage();
  const columns = [...new Set(items.flatMap(({ months }) => months.map(({ since }) => since)))].toSorted(
    (a, b) => a - b,
  );
  const most = Math.max(1, ...items.flatMap((item) => item.months.map((month) => weight(item, month, measure))));
  return (
    <Table.ScrollContainer minWidth={320} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table>
        <caption className="visually-hidden">{texts.cohorts}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.joined}</Table.Th>
            <Table.Th ta="right">{texts.merchants}</Table.Th>
            {columns.map((since) => (
              <Table.Th key={since} ta="right">
                {texts.since(since)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.joined}>
              <Table.Th scope="row">{monthText(item.joined, language)}</Table.Th>
              <Table.Td ta="right">{count(item.merchants, language)}</Table.Td>
              {columns.map((since) => {
                const month = item.months.find((one) => one.since === since);
                const share = month ? Math.round((25 * weight(item, month, measure)) / most) : 0;
                return (
                  <Table.Td
                    key={since}
                    ta="right"
                    className="amount"
                    title={month && monthText(month.month, language)}
                    style={{ background: `color-mix(in srgb, var(--accent) ${String(share)}%, transparent)` }}
                  >
                    {month ? valueOf(item, month, measure, currency, language) : '–'}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** How dark a month is: of the merchants who joined then, or of the largest sum. */
function weight({ merchants }: Cohort, month: Cohort['months'][number], measure: Measure): number {
  return measure === 'active' ? Math.round((1000 * month.active) / merchants) : month[measure];
}

function valueOf(
  { merchants }: Cohort,
  month: Cohort['months'][number],
  measure: Measure,
  currency: string,
  language: Language,
): string {
  if (measure === 'sales') return bareAmount(month.sales, currency, language);
  if (measure === 'completed') return count(month.completed, language);
  return `${count(month.active, language)} · ${rate(Math.floor((10_000 * month.active) / merchants), language)}`;
}

function monthText(month: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}
