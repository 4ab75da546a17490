import { Paper, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Application = Schema<'ApplicationDto'>;
type Double = Schema<'DoubleDto'>;
type Person = Pick<Application, 'displayName' | 'wechatId' | 'phone' | 'email' | 'bankAccount'>;

/** Merchants and applications that are likely the same person, beside the application. */
export function DoubleCards({ application }: { application: Application }) {
  const texts = useWords().pages.applications.doubles;
  const { data, error, refetch } = api.useQuery('get', '/v1/merchant-applications/{id}/doubles', {
    params: { path: { id: application.id } },
  });
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={160} />;
  return (
    <Stack component="section" gap="xs" aria-labelledby="doubles">
      <Title order={2} size="h4" id="doubles">
        {texts.title(data.items.length)}
      </Title>
      {data.items.length === 0 && <Text c="dimmed">{texts.none}</Text>}
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        {data.items.map((double) => (
          <DoubleCard key={(double.merchant ?? double.application)?.id} of={application} double={double} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function DoubleCard({ of, double: { same, merchant, application } }: { of: Application; double: Double }) {
  const words = useWords();
  const texts = words.pages.applications;
  const person = merchant ?? application;
  if (!person) return null;
  const rows: [Double['same'][number], string, (person: Person) => string | null | undefined][] = [
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
              {merchant ? (
                <>
                  <PageLink to={`/merchants/${merchant.id}`}>{texts.doubles.merchant(merchant.code)}</PageLink>{' '}
                  <State of="merchant" is={merchant.state} />
                </>
              ) : (
                application && (
                  <>
                    <PageLink to={`/applications/${application.id}`}>{texts.doubles.application}</PageLink>{' '}
                    <State of="application" is={application.state} />
                  </>
                )
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
