import type { Schema } from '../../../api/client.js';
import { useLanguage } from '../../../ui/language.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Quantity } from '../../parts/quantity.js';
import { useWords } from '../../words.js';

/** What an order earned, less what was taken back; why it is so much, and what has become of it since. */
export function Reward({ reward }: { reward: Schema<'MerchantRewardDto'> }) {
  const words = useWords();
  const texts = words.pages.orders;
  const { language } = useLanguage();
  const { asset, state, granted, voided, clawedBack, pending, matureAt, changes } = reward;
  const takenBack = voided + clawedBack;
  return (
    <div className="entry">
      <div className="row">
        <strong className="large">
          <Quantity minor={granted - takenBack} asset={asset} />
        </strong>
        <State of="reward" is={state} />
      </div>
      {takenBack > 0 && (
        <p className="fine">
          <Quantity minor={granted} asset={asset} /> − <Quantity minor={takenBack} asset={asset} /> {texts.takenBack}
        </p>
      )}
      {pending > 0 && matureAt && (
        <p className="fine">
          {texts.matures} <Day at={matureAt} />
        </p>
      )}
      <details>
        <summary>{words.why}</summary>
        <p className="words">{reward.words[language]}</p>
        {changes.map((change) => (
          <div className="line" key={`${change.journal.id} ${change.account} ${change.balanceAfter}`}>
            <p>
              {change.words[language]}
              <small>
                <Day at={change.at} />
              </small>
            </p>
            <p className="numbers">
              <Quantity minor={change.amount} asset={change.asset} />
            </p>
          </div>
        ))}
      </details>
    </div>
  );
}
