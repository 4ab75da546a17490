import { NativeSelect, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { Note } from '../../parts/note.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';

/** The days of a year on which banks rest, or work on a weekend, and who says so. */
export function BankDays({ schedule }: { schedule: string }) {
  const { pages, states } = useWords();
  const texts = pages.payoutTerms;
  const { language } = useLanguage();
  const [filters, setFilters] = useFilters();
  const now = new Date().getFullYear();
  const year = Number(filters['year'] ?? now);
  const query = api.useQuery('get', '/v1/payout-schedules/{id}/bank-days', {
    params: { path: { id: schedule }, query: { year } },
  });
  const columns: Column<Schema<'BankDayDto'>>[] = [
    { label: texts.day, cell: ({ day }) => calendarDay(day, language) },
    { label: texts.banks, cell: ({ open }) => (open ? texts.banksOpen : texts.banksClosed) },
    { label: texts.dayName, cell: ({ name }) => name },
    { label: texts.saysWho, cell: ({ from }) => states.bankDayFrom[from][0] },
  ];
  return (
    <Section title={texts.bankDays}>
      <NativeSelect
        label={texts.year}
        maw={160}
        value={String(year)}
        onChange={(event) => setFilters({ year: event.currentTarget.value })}
        data={[now - 1, now, now + 1, now + 2].map(String)}
      />
      {query.data?.known === false && <Note acts>{texts.calendarUnknown}</Note>}
      {query.data?.calendar && <Text size="sm">{texts.calendar(query.data.calendar)}</Text>}
      <List
        caption={texts.bankDays}
        columns={columns}
        query={query}
        rowKey={({ day }) => day}
        empty={null}
        paged={false}
      />
    </Section>
  );
}
