import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { useBankStatus } from '../../parts/bank-status.js';
import { Section } from '../../parts/section.js';
import { Trail, type Stop } from '../../parts/trail.js';
import { useWords } from '../../words.js';
import { orderPath } from '../../parts/order-path.js';

/** The rest of them is told by number, so that the picture stays one. */
const SHOWN = 8;

/** The way back from a payout: rewards that it was the first to pay from ← the payout → the bank's lines. */
export function PayoutTrail({ payout }: { payout: Schema<'ReconciledPayoutDto'> }) {
  const { pages, states } = useWords();
  const texts = pages.rewards.trail;
  const { language } = useLanguage();
  const bankStatus = useBankStatus();
  const { data } = api.useQuery('get', '/v1/payouts/{id}/rewards', {
    params: { path: { id: payout.id }, query: { limit: SHOWN } },
  });
  if (!data) return null;
  const orders = data.items.map(({ storefront, orderId }): Stop => ({
    to: orderPath(storefront, orderId),
    name: orderId,
  }));
  const rewards = data.items.map(({ id, amount, asset, state }): Stop => ({
    to: `/rewards/${id}`,
    name: <AssetAmount minor={amount} asset={asset} />,
    facts: <State of="reward" is={state} />,
  }));
  const journals = payout.journals.map(({ id, kind, postedAt }): Stop => ({
    to: `/journals/${id}`,
    name: states.journal[kind]?.[0] ?? kind,
    facts: <Moment at={postedAt} />,
  }));
  const own: Stop = {
    name: <AssetAmount minor={payout.amount} asset={payout.currency} />,
    facts: <State of="payout" is={payout.state} />,
  };
  const lines = payout.lines.map((line): Stop => ({
    to: `/bank-lines/${line.id}`,
    name: bankStatus(line),
    facts: line.bookedOn && calendarDay(line.bookedOn, language),
  }));
  return (
    <Section title={texts.title}>
      <Trail
        caption={texts.title}
        stages={[
          { title: texts.order, stops: unique(orders), none: texts.noReward },
          { title: texts.reward, stops: rewards, none: texts.noReward },
          { title: texts.payout, stops: [own], none: '' },
          { title: texts.journals, stops: journals, none: texts.noJournal },
          { title: texts.bank, stops: lines, none: texts.noLine },
        ]}
      />
      <Text size="sm" c="dimmed" maw="75ch">
        {data.nextCursor !== null && `${texts.firstOnes(SHOWN)} `}
        {texts.poolOfPayout}
      </Text>
    </Section>
  );
}

function unique(stops: readonly Stop[]): Stop[] {
  return [...new Map(stops.map((stop) => [stop.to, stop])).values()];
}
