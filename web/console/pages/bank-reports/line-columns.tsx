import { Text } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { State } from '../../../ui/state.js';
import { BankAmount } from '../../parts/bank-amount.js';
import { useBankStatus } from '../../parts/bank-status.js';
import type { Column } from '../../parts/list.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

export type Line = Schema<'ListedLineDto'>;

/** Lines of bank reports as lists show them. */
export function useLineColumns(): Column<Line>[] {
  const texts = useWords().pages.bankReports;
  const { language } = useLanguage();
  const statusOf = useBankStatus();
  return [
    {
      label: texts.status,
      cell: (line) => (
        <PageLink to={`/bank-lines/${line.id}`} title={line.status}>
          {statusOf(line)}
        </PageLink>
      ),
    },
    { label: texts.bookedOn, cell: ({ bookedOn }) => bookedOn && calendarDay(bookedOn, language) },
    {
      label: texts.amount,
      align: 'right',
      cell: ({ amount, currency }) => <BankAmount text={amount} currency={currency} />,
    },
    {
      label: texts.reference,
      cell: ({ reference, bankReference, account }) => (
        <Text component="span" size="xs" style={{ overflowWrap: 'anywhere' }}>
          {reference ?? bankReference ?? account}
        </Text>
      ),
    },
    { label: texts.result, cell: ({ result }) => <State of="bankLine" is={result} /> },
    { label: texts.age, align: 'right', cell: ({ ageDays }) => <span className="amount">{texts.days(ageDays)}</span> },
  ];
}
