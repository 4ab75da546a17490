import { Skeleton, Stack, Table, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Amount, BareAmount } from '../../../ui/amount.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { Facts } from '../../parts/facts.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { Why } from '../../parts/why.js';
import { useWords } from '../../words.js';
import { OrderEvents } from './order-events.js';
import { PageLink } from '../../parts/page-link.js';

type Order = Schema<'OrderDetailDto'>;

/** One order: who brought the shopper, what was bought and given back, and what it earned. */
export default function OrderPage() {
  const storefront = useParam('storefront');
  const orderId = useParam('orderId');
  const { data, error, refetch } = api.useQuery('get', '/v1/orders/{orderId}', {
    params: { path: { orderId }, query: { storefront } },
  });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return <Found order={data} />;
}

function Found({ order }: { order: Order }) {
  const texts = useWords().pages.orders;
  const { language } = useLanguage();
  const money = (minor: number | null) => minor !== null && <Amount minor={minor} asset={order.currency} />;
  return (
    <Page title={texts.one(order.orderId)} text={<State of="order" is={order.state} />}>
      <Facts
        items={[
          [texts.placedAt, <Moment key="placed" at={order.placedAt} />],
          [texts.completedAt, order.completedAt && <Moment at={order.completedAt} />],
          [texts.paid, money(order.amountPaid)],
          [texts.shipping, order.shipping > 0 && money(order.shipping)],
          [texts.tax, order.tax > 0 && money(order.tax)],
          [texts.merchant, order.attribution ? <MerchantName id={order.attribution.merchant} /> : texts.nobody],
          [texts.via, order.attribution && <State of="via" is={order.attribution.via} />],
          [texts.attributedAt, order.attribution && <Moment at={order.attribution.attributedAt} />],
        ]}
      />
      {order.attribution && language === 'en' && (
        <Text size="sm" maw="75ch">
          {order.attribution.reason}
        </Text>
      )}
      <Section title={texts.lines}>
        <Lines order={order} />
      </Section>
      <Section title={texts.rewards}>
        <Rewards order={order} />
      </Section>
      {order.refunds.length > 0 && (
        <Section title={texts.refunds}>
          <Facts
            items={order.refunds.map(({ refundId, amount, refundedAt }) => [
              refundId,
              <span key={refundId}>
                <Amount minor={amount} asset={order.currency} /> · <Moment at={refundedAt} />
              </span>,
            ])}
          />
        </Section>
      )}
      <Section title={texts.events}>
        <OrderEvents events={order.events} />
      </Section>
    </Page>
  );
}

function Lines({ order: { lines, currency } }: { order: Order }) {
  const texts = useWords().pages.orders;
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.lines}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.sku}</Table.Th>
          <Table.Th>{texts.category}</Table.Th>
          <Table.Th data-align="right">{texts.quantity}</Table.Th>
          <Table.Th data-align="right">{texts.unitPrice(currency)}</Table.Th>
          <Table.Th data-align="right">{texts.lineTotal(currency)}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ sku, category, quantity, unitPrice, lineTotal }, index) => (
          <Table.Tr key={index}>
            <Table.Td data-label={texts.sku}>{sku}</Table.Td>
            <Table.Td data-label={texts.category}>{category ?? '–'}</Table.Td>
            <Table.Td data-label={texts.quantity} data-align="right">
              {quantity}
            </Table.Td>
            <Table.Td data-label={texts.unitPrice(currency)} data-align="right">
              <BareAmount minor={unitPrice} asset={currency} />
            </Table.Td>
            <Table.Td data-label={texts.lineTotal(currency)} data-align="right">
              <BareAmount minor={lineTotal} asset={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What the order earned, each with its reason; or why it earned nothing. */
function Rewards({ order: { rewards, noReward } }: { order: Order }) {
  const texts = useWords().pages.orders;
  const { language } = useLanguage();
  if (rewards.length === 0) return <Text c="dimmed">{noReward?.[language] ?? texts.noReward}</Text>;
  return (
    <Stack gap="sm">
      {rewards.map(({ id, granted, asset, state, words: said }) => (
        <Stack key={id} gap={0} align="flex-start">
          <span>
            <PageLink to={`/rewards/${id}`}>
              <AssetAmount minor={granted} asset={asset} />
            </PageLink>{' '}
            <State of="reward" is={state} />
          </span>
          <Why words={said} />
        </Stack>
      ))}
    </Stack>
  );
}
