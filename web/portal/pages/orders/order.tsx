import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { useWords } from '../../words.js';
import { Reward } from './reward.js';

/** One order: who came (masked), where it stands, and what it earned. */
export function Order({ order }: { order: Schema<'MerchantOrderDto'> }) {
  const words = useWords();
  const texts = words.pages.orders;
  const { language } = useLanguage();
  const { orderId, state, placedAt, completedAt, currency, commissionable, refunded, rewards, noReward } = order;
  return (
    <section className="card stack tight" aria-label={texts.order(orderId)}>
      <div className="row">
        <h2>
          {order.storefrontName} {orderId}
        </h2>
        <State of="order" is={state} />
      </div>
      <p className="quiet">
        <Moment at={placedAt} />
        {order.shopper && ` · ${texts.shopper(order.shopper)}`}
      </p>
      {rewards.map((reward) => (
        <Reward key={reward.id} reward={reward} />
      ))}
      {noReward && <p>{noReward[language]}</p>}
      {rewards.length === 0 && !noReward && state !== 'cancelled' && <p className="quiet">{texts.notYet[state]}</p>}
      <details>
        <summary>{words.more}</summary>
        <Facts
          items={[
            [texts.via, words.states.via[order.via][0]],
            [texts.attributedAt, <Moment at={order.attributedAt} />],
            [texts.completedAt, completedAt && <Moment at={completedAt} />],
            [texts.cancelledAt, order.cancelledAt && <Moment at={order.cancelledAt} />],
            [texts.commissionable, commissionable !== null && <Amount minor={commissionable} asset={currency} />],
            [texts.refunded, refunded !== 0 && <Amount minor={refunded} asset={currency} />],
          ]}
        />
      </details>
    </section>
  );
}
