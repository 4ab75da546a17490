import { Text } from '@mantine/core';
import { api } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { AssetAmount, useAssetName } from '../../parts/asset.js';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';

/** What was posted in the month of now, by asset; debit and credit are always the same. */
export function PeriodTotals() {
  const texts = useWords().pages.journals;
  const { language } = useLanguage();
  const nameOf = useAssetName();
  const now = new Date();
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString();
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString();
  const { data } = api.useQuery('get', '/v1/finance/journals/totals', { params: { query: { from, to } } });
  if (!data) return null;
  return (
    <Section title={texts.thisMonth}>
      <Text size="sm">{texts.counts(count(data.journals, language), count(data.entries, language))}</Text>
      <Facts
        items={data.assets.map(({ asset, debit }) => [
          nameOf(asset),
          <AssetAmount key={asset} minor={debit} asset={asset} />,
        ])}
      />
    </Section>
  );
}
