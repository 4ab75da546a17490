import { Skeleton, Table, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Day, Moment } from '../../../ui/moment.js';
import { useLanguage } from '../../../ui/language.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { Facts } from '../../parts/facts.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { RewardRules } from './reward-rules.js';
import { RewardTrail } from './reward-trail.js';
import { PageLink } from '../../parts/page-link.js';
import { orderPath } from '../../parts/order-path.js';

type Reward = Schema<'RewardDetailDto'>;

/** One reward: what it is, why it is that, what became of it, and the way of its money. */
export default function RewardPage() {
  const id = useParam('id');
  const { data, error, refetch } = api.useQuery('get', '/v1/rewards/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return <Found reward={data} />;
}

function Found({ reward }: { reward: Reward }) {
  const texts = useWords().pages.rewards;
  const { language } = useLanguage();
  const readsBooks = useMay('auditor', 'finance-maker', 'finance-checker');
  const parts = [
    [texts.granted, reward.granted],
    [texts.pending, reward.pending],
    [texts.held, reward.held],
    [texts.matured, reward.matured],
    [texts.voided, reward.voided],
    [texts.clawedBack, reward.clawedBack],
  ] as const;
  return (
    <Page title={texts.one(reward.orderId)} text={<State of="reward" is={reward.state} />}>
      <Facts
        items={[
          [texts.merchant, <MerchantName key="merchant" id={reward.merchant} />],
          [
            texts.order,
            <PageLink key="order" to={orderPath(reward.storefront, reward.orderId)}>
              {reward.orderId}
            </PageLink>,
          ],
          ...parts
            .filter(([, minor], index) => index === 0 || minor !== 0)
            .map(([label, minor]) => [label, <AssetAmount key={label} minor={minor} asset={reward.asset} />] as const),
          [texts.matures, reward.matureAt && <Day at={reward.matureAt} />],
        ]}
      />
      <Section title={texts.why}>
        <Text maw="75ch">{reward.words[language]}</Text>
        <RewardRules reward={reward} />
      </Section>
      {readsBooks && <RewardTrail reward={reward} />}
      <Section title={texts.changes}>
        <Changes reward={reward} />
      </Section>
    </Page>
  );
}

function Changes({ reward: { changes } }: { reward: Reward }) {
  const texts = useWords().pages.rewards;
  const { language } = useLanguage();
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.changes}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.at}</Table.Th>
          <Table.Th>{texts.what}</Table.Th>
          <Table.Th data-align="right">{texts.amount}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ at, words: said, journal, account, amount, asset }) => (
          <Table.Tr key={`${journal.id} ${account}`}>
            <Table.Td data-label={texts.at}>
              <Moment at={at} />
            </Table.Td>
            <Table.Td data-label={texts.what}>
              <PageLink to={`/journals/${journal.id}`}>{said[language]}</PageLink>
            </Table.Td>
            <Table.Td data-label={texts.amount} data-align="right">
              <AssetAmount minor={amount} asset={asset} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
