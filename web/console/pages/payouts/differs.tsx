import { List, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { amount, count, moment } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Facts } from '../../parts/facts.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import { useDifferences } from './batch-queries.js';
import type { Compared, Paid } from './differences.js';
import { PageLink } from '../../parts/page-link.js';

type Batch = Schema<'PayoutBatchDto'>;

/** How the batch differs from the last one that was sent: what a checker looks at before anything else. */
export function Differs({ batch }: { batch: Batch }) {
  const { payouts: texts } = useWords().pages;
  const { language } = useLanguage();
  const { data, error, isPending } = useDifferences(batch);
  const money = (minor: number) => amount(minor, batch.currency, language);
  return (
    <Section title={texts.differs}>
      {isPending && (
        <Skeleton h={120}>
          <Text>{texts.comparing}</Text>
        </Skeleton>
      )}
      {error !== null && <ProblemNotice error={error} />}
      {data === null && <Text size="sm">{texts.noLast}</Text>}
      {data && (
        <Stack gap="sm">
          <Facts
            items={[
              [
                texts.comparedWith,
                <PageLink key="last" to={`/payouts/${data.last.id}`}>
                  {texts.lastBatch(moment(data.last.submittedAt, language))}
                </PageLink>,
              ],
              [texts.sumThen, texts.thenNow(money(data.last.total.amount), money(batch.controlSum))],
              [
                texts.countThen,
                texts.thenNow(count(data.last.total.count, language), count(batch.payoutCount, language)),
              ],
            ]}
          />
          <Group title={texts.newPayees} rows={data.differences.newPayees}>
            {(one: Paid) => <PaidRow paid={one} currency={batch.currency} />}
          </Group>
          <Group title={texts.changedAccounts} rows={data.differences.changedAccounts}>
            {({ now, before }: Compared) => (
              <>
                <Payee paid={now} />:{' '}
                {texts.thenNow(`${before.holder} ${before.account}`, `${now.holder} ${now.account}`)}
              </>
            )}
          </Group>
          <Group title={texts.farAbove} rows={data.differences.farAbove}>
            {({ now, before }: Compared) => (
              <>
                <Payee paid={now} />: {texts.thenNow(money(before.amount), money(now.amount))}
              </>
            )}
          </Group>
          <Group title={texts.missing} rows={data.differences.missing}>
            {(one: Paid) => <PaidRow paid={one} currency={batch.currency} />}
          </Group>
          {Object.values(data.differences).every((rows: readonly unknown[]) => rows.length === 0) && (
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
  rows: readonly Row[];
  children: (row: Row) => ReactNode;
}

/** One kind of difference; a long one is opened by who wants to see all of it. */
function Group<Row>({ title, rows, children }: GroupProps<Row>) {
  const words = useWords();
  if (rows.length === 0) return null;
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
        {title(rows.length)}
      </Title>
      {list(rows.slice(0, FIRST))}
      {rows.length > FIRST && (
        <details>
          <summary>{words.more}</summary>
          {list(rows.slice(FIRST))}
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
