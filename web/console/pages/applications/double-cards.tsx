import { Paper, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { client, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { PAGE_LIMIT, useWhole } from './everybody.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';
import { likelyDoubles, type Double, type Person, type Signal } from './doubles.js';
import { PageLink } from '../../parts/page-link.js';

type Application = Schema<'ApplicationDto'>;
type Other = (Schema<'MerchantDto'> & { is: 'merchant' }) | (Application & { is: 'application' });

/** Merchants and applications that are likely the same person, beside the application. */
export function DoubleCards({ application }: { application: Application }) {
  const texts = useWords().pages.applications.doubles;
  const merchants = useWhole('/v1/merchants', (cursor) =>
    client.GET('/v1/merchants', { params: { query: { limit: PAGE_LIMIT, cursor } } }),
  );
  const applications = useWhole('/v1/merchant-applications', (cursor) =>
    client.GET('/v1/merchant-applications', { params: { query: { limit: PAGE_LIMIT, cursor } } }),
  );
  const error = merchants.error ?? applications.error;
  if (error)
    return (
      <ProblemNotice error={error} retry={() => void Promise.all([merchants.refetch(), applications.refetch()])} />
    );
  if (!merchants.data || !applications.data) return <Skeleton h={160} />;
  const others: Other[] = [
    ...merchants.data.items.map((merchant) => ({ ...merchant, is: 'merchant' as const })),
    // Who was approved is a merchant by now.
    ...applications.data.items
      .filter(({ state }) => state !== 'approved')
      .map((one) => ({ ...one, is: 'application' as const })),
  ].filter(({ id }) => id !== application.merchant?.id);
  const doubles = likelyDoubles(application, others);
  const complete = merchants.data.complete && applications.data.complete;
  return (
    <Stack component="section" gap="xs" aria-labelledby="doubles">
      <Title order={2} size="h4" id="doubles">
        {texts.title(doubles.length)}
      </Title>
      {!complete && <Text size="sm">{texts.incomplete(merchants.data.items.length)}</Text>}
      {doubles.length === 0 && <Text c="dimmed">{texts.none}</Text>}
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        {doubles.map((double) => (
          <DoubleCard key={double.person.id} of={application} double={double} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function DoubleCard({ of, double: { person, same } }: { of: Application; double: Double<Other> }) {
  const words = useWords();
  const texts = words.pages.applications;
  const rows: [Signal, string, (person: Person) => string | null | undefined][] = [
    ['name', texts.name, ({ displayName }) => displayName],
    ['wechatId', texts.wechatId, ({ wechatId }) => wechatId],
    ['phone', texts.phone, ({ phone }) => phone],
    ['email', texts.email, ({ email }) => email],
    ['accountHolder', texts.doubles.holder, ({ bankAccount }) => bankAccount?.holder],
    ['accountNumber', texts.bankAccount, ({ bankAccount }) => bankAccount?.maskedNumber],
  ];
  return (
    <Paper withBorder p="sm">
      <Table className="compared" layout="fixed">
        <caption className="visually-hidden">{texts.doubles.caption(of.displayName, person.displayName)}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.doubles.field}</Table.Th>
            <Table.Th>{texts.doubles.thisOne}</Table.Th>
            <Table.Th>
              {person.is === 'merchant' ? (
                <PageLink to={`/merchants/${person.id}`}>{texts.doubles.merchant(person.code)}</PageLink>
              ) : (
                <PageLink to={`/applications/${person.id}`}>{texts.doubles.application}</PageLink>
              )}{' '}
              {person.is === 'merchant' ? (
                <State of="merchant" is={person.state} />
              ) : (
                <State of="application" is={person.state} />
              )}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([signal, label, value]) => (
            <Table.Tr key={signal} data-same={same.includes(signal) || undefined}>
              <Table.Th scope="row">
                {label}
                {same.includes(signal) && (
                  <Text span size="sm" fw={700} display="block">
                    {signal === 'name' ? texts.doubles.similar : texts.doubles.same}
                  </Text>
                )}
              </Table.Th>
              <Table.Td>{value(of) ?? '–'}</Table.Td>
              <Table.Td>{value(person) ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row">{texts.doubles.since}</Table.Th>
            <Table.Td>
              <Day at={of.createdAt} />
            </Table.Td>
            <Table.Td>
              <Day at={person.createdAt} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
