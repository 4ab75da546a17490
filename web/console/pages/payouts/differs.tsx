import { List, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { amount, count, moment } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Facts } from '../../parts/facts.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Batch = Schema<'PayoutBatchDto'>;
type Paid = Schema<'PaidMerchantDto'>;
type Compared = Schema<'ComparedMerchantDto'>;

/** How the batch differs from the last one that was sent: what a checker looks at before anything else. */
export function Differs({ batch }: { batch: Batch }) {
  const { payouts: texts } = useWords().pages;
  const { language } = useLanguage();
  const { data, error, isPending } = api.useQuery('get', '/v1/payout-batches/{id}/differences', {
    params: { path: { id: batch.id } },
  });
  const money = (minor: number) => amount(minor, batch.currency, language);
  return (
    <Section title={texts.differs}>
      {isPending && (
        <Skeleton h={120}>
          <Text>{texts.comparing}</Text>
        </Skeleton>
      )}
      {error !== null && <ProblemNotice error={error} />}
      {data?.last === null && <Text size="sm">{texts.noLast}</Text>}
      {data?.last && (
        <Stack gap="sm">
          <Facts
            items={[
              [
                texts.comparedWith,
                <PageLink key="last" to={`/payouts/${data.last.id}`}>
                  {texts.lastBatch(moment(data.last.submittedAt, language))}
                </PageLink>,
              ],
              [texts.sumThen, texts.thenNow(money(data.last.controlSum), money(batch.controlSum))],
              [
                texts.countThen,
                texts.thenNow(count(data.last.payoutCount, language), count(batch.payoutCount, language)),
              ],
            ]}
          />
          <Group title={texts.newPayees} rows={data.newPayees}>
            {(one: Paid) => <PaidRow paid={one} currency={batch.currency} />}
          </Group>
          <Group title={texts.changedAccounts} rows={data.changedAccounts}>
            {({ now, before }: Compared) => (
              <>
                <Payee paid={now} />:{' '}
                {texts.thenNow(`${before.holder} ${before.account}`, `${now.holder} ${now.account}`)}
              </>
            )}
          </Group>
          <Group title={texts.farAbove} rows={data.farAbove}>
            {({ now, before }: Compared) => (
              <>
                <Payee paid={now} />: {texts.thenNow(money(before.amount), money(now.amount))}
              </>
            )}
          </Group>
          <Group title={texts.missing} rows={data.missing}>
            {(one: Paid) => <PaidRow paid={one} currency={batch.currency} />}
          </Group>
          {[data.newPayees, data.changedAccounts, data.farAbove, data.missing].every((rows) => rows.count === 0) && (
            <Text size="sm">{texts.nothingDiffers}</Text>
          )}
        </Stack>
      )}
    </Section>
  );
}

/** As many as are shown before the rest is asked for. */
const FIRST = 8;

interface GroupProps<Row> {
  title: (count: number) => string;
  rows: { count: number; items: readonly Row[] };
  children: (row: Row) => ReactNode;
}

/** One kind of difference; a long one is opened by who wants to see all of it. */
function Group<Row>({ title, rows: { count: number, items }, children }: GroupProps<Row>) {
  const words = useWords();
  const { language } = useLanguage();
  if (number === 0) return null;
  const list = (some: readonly Row[]) => (
    <List size="sm">
      {some.map((row, at) => (
        <List.Item key={at}>{children(row)}</List.Item>
      ))}
    </List>
  );
  return (
    <div>
      <Title order={3} size="h6">
        {title(number)}
      </Title>
      {list(items.slice(0, FIRST))}
      {items.length > FIRST && (
        <details>
          <summary>{words.more}</summary>
          {list(items.slice(FIRST))}
          {number > items.length && (
            <Text size="sm">{words.pages.payouts.moreDiffer(count(number - items.length, language))}</Text>
          )}
        </details>
      )}
    </div>
  );
}

function Payee({ paid }: { paid: Paid }) {
  return <PageLink to={`/merchants/${paid.merchant}`}>{paid.holder}</PageLink>;
}

function PaidRow({ paid, currency }: { paid: Paid; currency: string }) {
  return (
    <>
      <Payee paid={paid} /> · {paid.account} · <Amount minor={paid.amount} asset={currency} />
    </>
  );
}
