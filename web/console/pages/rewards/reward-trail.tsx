import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { useBankStatus } from '../../parts/bank-status.js';
import { Section } from '../../parts/section.js';
import { Trail, type Stop } from '../../parts/trail.js';
import { useWords } from '../../words.js';
import { orderPath } from '../../parts/order-path.js';

type Reward = Schema<'RewardDetailDto'>;

/**
 * From the order to the bank's line, and back by the same boxes. Between the journals and the payout the money is a pool:
 * the payout named is the first after the reward became available (docs/accounting.md).
 */
export function RewardTrail({ reward }: { reward: Reward }) {
  const texts = useWords().pages.rewards.trail;
  const bankStatus = useBankStatus();
  const { language } = useLanguage();
  const payoutId = reward.payout?.id ?? '';
  const { data: payout } = api.useQuery(
    'get',
    '/v1/finance/reconciliation/payouts/{id}',
    { params: { path: { id: payoutId } } },
    { enabled: reward.payout !== null },
  );
  const order: Stop = {
    to: orderPath(reward.storefront, reward.orderId),
    name: reward.orderId,
  };
  const own: Stop = {
    to: `/rewards/${reward.id}`,
    name: <AssetAmount minor={reward.granted} asset={reward.asset} />,
    facts: <State of="reward" is={reward.state} />,
  };
  const sent: Stop[] = reward.payout
    ? [
        {
          to: `/reconciliation/payouts/${reward.payout.id}`,
          name: payout ? <AssetAmount minor={payout.amount} asset={payout.currency} /> : reward.payout.reference,
          facts: <State of="payout" is={reward.payout.state as Schema<'ReconciledPayoutDto'>['state']} />,
        },
      ]
    : [];
  const bank: Stop[] = (payout?.lines ?? []).map((line) => ({
    to: `/bank-lines/${line.id}`,
    name: bankStatus(line),
    facts: <State of="bankLine" is={line.result} />,
  }));
  const money = isMoney(reward.asset);
  return (
    <Section title={texts.title}>
      <Trail
        caption={texts.title}
        stages={[
          { title: texts.order, stops: [order], none: '' },
          { title: texts.reward, stops: [own], none: '' },
          { title: texts.journals, stops: journalsOf(reward, language), none: texts.noJournal },
          ...(money
            ? [
                { title: texts.payout, stops: sent, none: texts.noPayout },
                { title: texts.bank, stops: bank, none: texts.noLine },
              ]
            : []),
        ]}
      />
      {reward.payout && (
        <Text size="sm" c="dimmed" maw="75ch">
          {texts.pool} {reward.payout.words[language]}
        </Text>
      )}
    </Section>
  );
}

/** Each journal once, with the sentence of its first entry. */
function journalsOf({ changes }: Reward, language: 'en' | 'zh-CN'): Stop[] {
  const first = new Map(
    changes.map((change) => [change.journal.id, change]).reverse() as [string, (typeof changes)[number]][],
  );
  return [...first.values()].reverse().map(({ journal, words, at }) => ({
    to: `/journals/${journal.id}`,
    name: words[language],
    facts: <Moment at={at} />,
  }));
}
