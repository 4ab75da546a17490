import { Button, Group, NativeSelect, Pill, Radio, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';
import { api, client } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { amount } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useAction } from '../../parts/action.js';
import { AmountInput, typedAmount } from '../../parts/amount-input.js';
import { Facts } from '../../parts/facts.js';
import { Field, Fields } from '../../parts/field.js';
import { useFilters } from '../../parts/filters.js';
import { Empty } from '../../parts/list.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { MerchantPicker } from '../../parts/merchant-picker.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';
import { FORMATS, RAILS } from './rails.js';
import { Terms } from './terms.js';

/** A draft of a batch, chosen in a few fields that the address keeps. */
export default function NewBatch() {
  const words = useWords();
  const { payouts: texts, shared } = words.pages;
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters();
  const rails = api.useQuery('get', '/v1/payout-rails').data?.items ?? [];
  const away = new Map(rails.flatMap((one) => (one.available ? [] : [[one.name, one.neededSettings]])));
  const accounts = api.useQuery('get', '/v1/platform-accounts').data?.items;
  const currency = filters['currency'] ?? accounts?.[0]?.currency ?? 'CNY';
  const account = accounts?.find((one) => one.currency === currency);
  const rail = RAILS.find((one) => one === filters['rail']) ?? 'iso20022-file';
  const formats = FORMATS[rail] ?? [];
  const fileFormat = formats.find((one) => one === filters['format']) ?? formats[0];
  const typed = filters['min'] ?? '';
  const minAmount = typed.trim() === '' ? undefined : (typedAmount(typed, currency) ?? undefined);
  const merchants = filters['merchants']?.split(',').filter(Boolean) ?? [];
  const policy = api.useQuery('get', '/v1/payout-policies/{currency}', { params: { path: { currency } } }).data;
  const balances = api.useQuery('get', '/v1/finance/trial-balance', { params: { query: {} } }).data?.items;
  const available = balances?.find((one) => one.asset === currency && one.account === 'available')?.balance ?? 0;
  const action = useAction(
    (headers) => {
      const body = { currency, rail, fileFormat, minAmount, merchants: merchants.length > 0 ? merchants : undefined };
      return client.POST('/v1/payout-batches', { headers, body });
    },
    ({ id, payoutCount }) => {
      void navigate({ to: `/payouts/${id}` });
      return texts.drafted(payoutCount);
    },
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void action.run();
  };
  const setMerchants = (next: readonly string[]) => setFilters({ merchants: next.join(',') || undefined });
  if (accounts?.length === 0)
    return (
      <Page title={texts.newTitle}>
        <Empty title={texts.noAccount} text={texts.noAccountText} />
      </Page>
    );
  return (
    <Page title={texts.newTitle} text={texts.newText}>
      <form onSubmit={submit}>
        <Stack maw={640}>
          <Fields error={action.error}>
            <Field at="/currency">
              <NativeSelect
                label={shared.currency}
                value={currency}
                onChange={(event) => setFilters({ currency: event.currentTarget.value, min: undefined })}
                data={(accounts ?? []).map((one) => one.currency)}
              />
            </Field>
            <Facts
              items={[
                [texts.leavesFrom, account && texts.account(account.holder, account.maskedNumber)],
                [texts.availableNow, <Amount key="available" minor={available} asset={currency} />],
              ]}
            />
            {policy?.changedBy && <Terms currency={currency} terms={policy} />}
            <Field at="/rail">
              <Radio.Group
                label={texts.rail}
                value={rail}
                onChange={(next) => setFilters({ rail: next, format: undefined })}
              >
                <Stack gap="xs" mt="xs">
                  {RAILS.map((one) => (
                    <Radio
                      key={one}
                      value={one}
                      label={words.states.rail[one][0]}
                      description={away.has(one) ? texts.railAway(away.get(one)!.join(', ')) : texts.railHint[one]}
                      disabled={away.has(one)}
                    />
                  ))}
                </Stack>
              </Radio.Group>
            </Field>
            {formats.length > 0 && (
              <Field at="/fileFormat">
                <NativeSelect
                  label={texts.format}
                  description={fileFormat && words.states.fileFormat[fileFormat][1]}
                  value={fileFormat}
                  onChange={(event) => setFilters({ format: event.currentTarget.value })}
                  data={formats.map((value) => ({ value, label: words.states.fileFormat[value][0] }))}
                />
              </Field>
            )}
            <Field at="/minAmount">
              <AmountInput
                label={texts.minimum}
                description={
                  policy?.minAmount
                    ? texts.minimumHint(amount(policy.minAmount, currency, language))
                    : texts.minimumNoPolicy
                }
                asset={currency}
                value={typed}
                onChange={(min) => setFilters({ min })}
              />
            </Field>
            <MerchantPicker
              label={texts.only}
              description={texts.onlyHint}
              onPick={({ id }) => setMerchants([...new Set([...merchants, id])])}
            />
            {merchants.length > 0 && (
              <Group gap="xs">
                {merchants.map((id) => (
                  <Pill
                    key={id}
                    size="lg"
                    withRemoveButton
                    removeButtonProps={{ 'aria-label': shared.remove, 'aria-hidden': false, tabIndex: 0 }}
                    onRemove={() => setMerchants(merchants.filter((one) => one !== id))}
                  >
                    <MerchantName id={id} />
                  </Pill>
                ))}
              </Group>
            )}
            {action.error !== null && <ProblemNotice error={action.error} />}
          </Fields>
          <Group>
            <Button
              type="submit"
              loading={action.pending}
              disabled={away.has(rail) || (typed.trim() !== '' && minAmount === undefined)}
            >
              {texts.draft}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
