import { Skeleton, Stack, Table, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { AssetAmount, useAssetName } from '../../parts/asset.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';

/** Why a balance is negative: what made it so, and what has paid it off since. */
export function Debts({ id }: { id: string }) {
  const texts = useWords().pages.merchants;
  const { data, error, refetch } = api.useQuery('get', '/v1/merchants/{id}/debts', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  if (data.items.length === 0) return <Text c="dimmed">{texts.noDebts}</Text>;
  return data.items.map((debts) => <AssetDebts key={debts.asset} debts={debts} />);
}

function AssetDebts({ debts: { asset, owed, debts } }: { debts: Schema<'AssetDebtsDto'> }) {
  const texts = useWords().pages.merchants;
  const { language } = useLanguage();
  const name = useAssetName();
  return (
    <Section title={name(asset)}>
      <Text>
        {texts.owedNow} <AssetAmount minor={owed} asset={asset} />
      </Text>
      {debts.map(({ entry, remaining, paidOff }) => (
        <Stack key={entry.journal.id} gap={0}>
          <Text>
            <Moment at={entry.at} /> · {entry.words[language]}
          </Text>
          <Text size="sm" c="dimmed">
            {texts.debtRemaining} <AssetAmount minor={remaining} asset={asset} />
          </Text>
          {paidOff.length > 0 && (
            <Table className="list">
              <caption className="visually-hidden">{texts.paidOff}</caption>
              <Table.Tbody>
                {paidOff.map((payment) => (
                  <Table.Tr key={payment.entry.journal.id}>
                    <Table.Td data-label={texts.at}>
                      <Moment at={payment.entry.at} />
                    </Table.Td>
                    <Table.Td data-label={texts.paidOff}>{payment.entry.words[language]}</Table.Td>
                    <Table.Td data-label={texts.amount} data-align="right">
                      <AssetAmount minor={payment.amount} asset={asset} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Stack>
      ))}
    </Section>
  );
}
