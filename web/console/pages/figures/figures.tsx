import './figures.css';
import { Text } from '@mantine/core';
import { Moment } from '../../../ui/moment.js';
import { DayFilter } from '../../parts/day-filter.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { Section } from '../../parts/section.js';
import { SelectFilter } from '../../parts/select-filter.js';
import { StorefrontFilter } from '../../parts/storefront-filter.js';
import { useWords } from '../../words.js';
import { Cohorts } from './cohorts.js';
import { Days } from './days.js';
import { Funnel } from './funnel.js';
import { Groups } from './groups.js';
import { Leaders } from './leaders.js';
import { useAsked, useFigures, useLeaders } from './queries.js';

/** How the business goes: figures of some days as a worker has counted them, each as a picture, a table and CSV. */
export default function FiguresOfDays() {
  const { pages } = useWords();
  const texts = pages.figures;
  const asked = useAsked();
  const daily = useFigures('day');
  const leaders = useLeaders();
  const currencies = [...new Set((daily.data ?? []).map((item) => item.currency))];
  const currency = asked.currency ?? currencies[0] ?? leaders.data?.currency;
  const items = (daily.data ?? []).filter((item) => item.currency === currency);
  const countedUntil = leaders.data?.countedUntil;
  return (
    <>
      <Section title={texts.title}>
        <FilterBar>
          <DayFilter name="from" label={pages.shared.from} absent={asked.from} />
          <DayFilter name="to" label={pages.shared.to} absent={asked.to} />
          <StorefrontFilter />
          {currencies.length > 1 && (
            <SelectFilter
              name="currency"
              label={pages.shared.currency}
              all={currencies[0]}
              options={currencies.slice(1).map((one) => ({ value: one, label: one }))}
            />
          )}
        </FilterBar>
        {countedUntil && (
          <Text size="sm" c="dimmed">
            {texts.countedUntil} <Moment at={countedUntil} />
          </Text>
        )}
      </Section>
      {currency !== undefined && (
        <>
          <Funnel daily={daily} items={items} currency={currency} />
          <Days daily={daily} items={items} currency={currency} />
          <Groups currency={currency} />
          <Leaders />
          <Cohorts currency={currency} />
        </>
      )}
    </>
  );
}
