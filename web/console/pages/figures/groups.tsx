import { SegmentedControl, Text } from '@mantine/core';
import { useFilters } from '../../parts/filters.js';
import { StorefrontName } from '../../parts/storefront-name.js';
import { useWords } from '../../words.js';
import { FigureSection } from './figure-section.js';
import { FigureTable } from './figure-table.js';
import { ProductTable } from './product-table.js';
import { useFigures } from './queries.js';

const GROUPINGS = ['group', 'storefront', 'product'] as const;
/** The rest is in the CSV. */
const SHOWN = 30;

/** Sales and what rewards cost, by the group of the merchants, by storefront, or by product. */
export function Groups({ currency }: { currency: string }) {
  const texts = useWords().pages.figures;
  const [filters, setFilters] = useFilters();
  const groupBy = GROUPINGS.find((one) => one === filters['group']) ?? 'group';
  const figures = useFigures(groupBy);
  const items = (figures.data ?? [])
    .filter((item) => item.currency === currency)
    .toSorted((one, other) => other.sales - one.sales);
  const shown = items.slice(0, SHOWN);
  return (
    <FigureSection
      title={texts.groups}
      query={figures}
      csv={{ path: '/v1/stats/daily', query: figures.query, name: `by-${groupBy}.csv` }}
      actions={
        <SegmentedControl
          aria-label={texts.groups}
          value={groupBy}
          onChange={(group) => setFilters({ group })}
          data={GROUPINGS.map((value) => ({ value, label: texts.groupings[value] }))}
        />
      }
    >
      {groupBy === 'product' ? (
        <ProductTable items={shown} currency={currency} />
      ) : (
        <FigureTable
          caption={texts.groups}
          heading={texts.groupings[groupBy]}
          name={({ group, storefront }) =>
            groupBy === 'group' ? (group ?? texts.noGroup) : storefront && <StorefrontName id={storefront} />
          }
          items={shown}
          currency={currency}
        />
      )}
      {items.length > shown.length && (
        <Text size="sm" c="dimmed">
          {texts.moreInCsv(items.length - shown.length)}
        </Text>
      )}
    </FigureSection>
  );
}
