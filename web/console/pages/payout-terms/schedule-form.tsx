import { Button, Checkbox, Group, NativeSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { api, type Schema } from '../../../api/client.js';
import { decimal, decimalsOf, minorOf } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { AmountInput } from '../../parts/amount-input.js';
import { Field, Fields } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { optionsOf } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { FORMATS, RAILS } from '../payouts/rails.js';
import { weekdayName } from './schedule-days.js';

type Terms = Schema<'PutPayoutScheduleDto'>;

interface Props {
  /** What there is; absent: a new one. */
  schedule?: Schema<'PayoutScheduleWithRunsDto'>;
  pending: boolean;
  error: unknown;
  onSave: (terms: Terms) => void;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const SHIFTS = ['next', 'previous', 'none'] as const;

/** The terms of a schedule as fields. */
export function ScheduleForm({ schedule, pending, error, onSave }: Props) {
  const words = useWords();
  const { payoutTerms: texts, payouts, shared } = words.pages;
  const { language } = useLanguage();
  const currencies = api.useQuery('get', '/v1/platform-accounts').data?.items.map((one) => one.currency) ?? [];
  const [chosenCurrency, setCurrency] = useState(schedule?.currency);
  const currency = chosenCurrency ?? currencies[0] ?? 'CNY';
  const [rail, setRail] = useState(schedule?.rail ?? 'iso20022-file');
  const [format, setFormat] = useState<string | undefined>(schedule?.fileFormat ?? undefined);
  const [min, setMin] = useState(
    schedule?.minAmount == null ? '' : decimal(schedule.minAmount, decimalsOf(schedule.currency)),
  );
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [time, setTime] = useState(schedule?.time ?? '09:00');
  const [monthly, setMonthly] = useState((schedule?.monthDays?.length ?? 0) > 0);
  const [weekdays, setWeekdays] = useState<readonly number[]>(schedule?.weekdays ?? [1]);
  const [monthDays, setMonthDays] = useState((schedule?.monthDays ?? [15]).join(', '));
  const [shift, setShift] = useState(schedule?.shift ?? 'next');
  const [holidays, setHolidays] = useState((schedule?.holidays ?? []).join('\n'));
  const [workingDays, setWorkingDays] = useState((schedule?.workingDays ?? []).join('\n'));
  const formats = FORMATS[rail] ?? [];
  const fileFormat = formats.find((one) => one === format) ?? formats[0];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({
      currency,
      rail,
      fileFormat,
      minAmount: min.trim() === '' ? undefined : (minorOf(min, currency) ?? undefined),
      timeZone,
      time,
      ...(monthly ? { monthDays: partsOf(monthDays).map(Number) } : { weekdays: [...weekdays].sort() }),
      shift,
      holidays: partsOf(holidays),
      workingDays: partsOf(workingDays),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <Fields error={error}>
          <Field at="/currency">
            <NativeSelect
              label={shared.currency}
              value={currency}
              onChange={(event) => setCurrency(event.currentTarget.value)}
              data={currencies}
            />
          </Field>
          <Field at="/rail">
            <NativeSelect
              label={payouts.rail}
              value={rail}
              onChange={(event) => setRail(RAILS.find((one) => one === event.currentTarget.value) ?? rail)}
              data={optionsOf(words.states.rail)}
            />
          </Field>
          {formats.length > 0 && (
            <Field at="/fileFormat">
              <NativeSelect
                label={payouts.format}
                value={fileFormat}
                onChange={(event) => setFormat(event.currentTarget.value)}
                data={formats.map((value) => ({ value, label: words.states.fileFormat[value][0] }))}
              />
            </Field>
          )}
          <Field at="/minAmount">
            <AmountInput label={payouts.minimum} asset={currency} value={min} onChange={setMin} />
          </Field>
          <SegmentedControl
            aria-label={texts.rhythm}
            value={monthly ? 'monthly' : 'weekly'}
            onChange={(next) => setMonthly(next === 'monthly')}
            data={[
              { value: 'weekly', label: texts.weekly },
              { value: 'monthly', label: texts.monthlyChoice },
            ]}
          />
          {monthly ? (
            <Field at="/monthDays">
              <TextInput
                label={texts.monthDays}
                description={texts.monthDaysHint}
                required
                value={monthDays}
                onChange={(event) => setMonthDays(event.currentTarget.value)}
              />
            </Field>
          ) : (
            <Field at="/weekdays">
              <Checkbox.Group
                label={texts.weekdays}
                value={weekdays.map(String)}
                onChange={(next) => setWeekdays(next.map(Number))}
              >
                <Group gap="sm" mt="xs">
                  {WEEK.map((day) => (
                    <Checkbox key={day} value={String(day)} label={weekdayName(day, language)} />
                  ))}
                </Group>
              </Checkbox.Group>
            </Field>
          )}
          <Field at="/time">
            <TextInput
              type="time"
              label={texts.time}
              required
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
          </Field>
          <Field at="/timeZone">
            <NativeSelect
              label={texts.timeZone}
              value={timeZone}
              onChange={(event) => setTimeZone(event.currentTarget.value)}
              data={[...new Set([timeZone, ...Intl.supportedValuesOf('timeZone')])]}
            />
          </Field>
          <Field at="/shift">
            <NativeSelect
              label={texts.shift}
              description={words.states.shift[shift][1]}
              value={shift}
              onChange={(event) => setShift(SHIFTS.find((one) => one === event.currentTarget.value) ?? 'none')}
              data={optionsOf(words.states.shift)}
            />
          </Field>
          <Field at="/holidays">
            <Textarea
              label={texts.holidays}
              description={texts.daysHint}
              autosize
              value={holidays}
              onChange={(event) => setHolidays(event.currentTarget.value)}
            />
          </Field>
          <Field at="/workingDays">
            <Textarea
              label={texts.workingDays}
              description={texts.daysHint}
              autosize
              value={workingDays}
              onChange={(event) => setWorkingDays(event.currentTarget.value)}
            />
          </Field>
          {error !== null && <ProblemNotice error={error} />}
        </Fields>
        <Group>
          <Button type="submit" loading={pending}>
            {texts.saveSchedule}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function partsOf(text: string): string[] {
  return text.split(/[\s,，、]+/).filter(Boolean);
}
