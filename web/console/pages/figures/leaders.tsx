import { NativeSelect } from '@mantine/core';
import { useFilters } from '../../parts/filters.js';
import { KnownMerchant } from '../../parts/known-merchant.js';
import { Empty } from '../../parts/list.js';
import { useWords } from '../../words.js';
import { FigureSection } from './figure-section.js';
import { FigureTable } from './figure-table.js';
import { useLeaders } from './queries.js';

/** The merchants who are first in sales, orders or visits. */
export function Leaders() {
  const texts = useWords().pages.figures;
  const [, setFilters] = useFilters();
  const leaders = useLeaders();
  const { by } = leaders.query;
  return (
    <FigureSection
      title={texts.leaders}
      query={leaders}
      csv={{ path: '/v1/stats/leaders', query: { ...leaders.query, limit: '200' }, name: 'leaders.csv' }}
      actions={
        <NativeSelect
          aria-label={texts.rankedBy}
          value={by}
          onChange={(event) => setFilters({ by: event.currentTarget.value })}
          data={leaders.rankings.map((value) => ({ value, label: texts.rankings[value] }))}
        />
      }
    >
      {leaders.data && leaders.data.items.length === 0 && <Empty title={texts.empty} />}
      {leaders.data && leaders.data.items.length > 0 && (
        <FigureTable
          caption={texts.leaders}
          heading={texts.merchant}
          name={({ merchant }) => merchant && <KnownMerchant merchant={merchant} />}
          items={leaders.data.items}
          currency={leaders.data.currency}
          allBrought
        />
      )}
    </FigureSection>
  );
}
