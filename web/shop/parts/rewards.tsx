import { useEffect, useState } from 'react';
import { Amount } from '../../ui/amount.js';
import { count, isMoney } from '../../ui/format.js';
import { useLanguage } from '../../ui/language.js';
import { Day } from '../../ui/moment.js';
import { State } from '../../ui/state.js';
import { Refusal, shop, type Rewards as RewardsOf, type ShopOrder } from '../api.js';
import { useWords } from '../words.js';

const LOOK_AGAIN_MS = 700;
const PATIENCE_MS = 60_000;

interface Props {
  order: ShopOrder;
  /** The shop's server does not know the order any more. */
  onUnknown: () => void;
}

/** The reward, when it has come, and why it is so much. */
export function Rewards({ order: { orderId, refunded }, onUnknown }: Props) {
  const words = useWords();
  const { language } = useLanguage();
  const rewards = useRewards(orderId, refunded, onUnknown);
  return (
    <div className="rewards">
      <h3>{words.rewards.title}</h3>
      <p className="quiet">{words.rewards.text}</p>
      <div aria-live="polite">
        {!rewards?.settled && <p>{words.rewards.waiting}</p>}
        {rewards?.settled && rewards.items.length === 0 && (
          <p>{rewards.noReward ? rewards.noReward[language] : words.rewards.none}</p>
        )}
        <ul>
          {rewards?.items.map(({ id, asset, state, granted, takenBack, matureAt, words: why }) => (
            <li key={id}>
              <p>
                <strong>
                  <Granted asset={asset} units={granted} />
                </strong>{' '}
                <State of="reward" is={state} />
              </p>
              {takenBack > 0 && (
                <p>
                  {words.rewards.takenBack} <Granted asset={asset} units={-takenBack} />
                </p>
              )}
              {state === 'pending' && matureAt && (
                <p>
                  {words.rewards.matureAt} <Day at={matureAt} />
                </p>
              )}
              <details>
                <summary>{words.why}</summary>
                <p>{why[language]}</p>
              </details>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Granted({ asset, units }: { asset: string; units: number }) {
  const { rewards } = useWords();
  const { language } = useLanguage();
  if (isMoney(asset)) return <Amount minor={units} asset={asset} />;
  const number = count(units, language);
  return (
    <span className="amount">
      {asset === 'POINTS' ? rewards.points(number) : rewards.coupons(number, Math.abs(units) === 1)}
    </span>
  );
}

/** Looks until everything that was told of the order is posted. */
function useRewards(orderId: string, refunded: number, onUnknown: () => void): RewardsOf | null {
  const [rewards, setRewards] = useState<RewardsOf | null>(null);
  useEffect(() => {
    let timer = 0;
    const end = Date.now() + PATIENCE_MS;
    async function look(): Promise<void> {
      const order = await shop.readOrder(orderId);
      setRewards(order.rewards);
      if (!order.rewards?.settled && Date.now() < end) later();
    }
    function later(): void {
      timer = window.setTimeout(() => {
        look().catch((error: unknown) => {
          if (error instanceof Refusal && error.code === 'order.not-found') onUnknown();
          else if (Date.now() < end) later();
        });
      }, LOOK_AGAIN_MS);
    }
    later();
    return () => {
      window.clearTimeout(timer);
    };
    // What is asked for depends on these alone; onUnknown is another function each time.
  }, [orderId, refunded]);
  return rewards;
}
