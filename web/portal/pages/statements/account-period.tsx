import type { Schema } from '../../../api/client.js';
import { Amount, BareAmount } from '../../../ui/amount.js';
import { isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { Facts } from '../../parts/facts.js';
import { useWords } from '../../words.js';

interface Props {
  period: Schema<'AccountPeriodDto'>;
  entries: readonly Schema<'EntryDto'>[];
  timeZone: string;
  open: boolean;
}

/** One account in the month: what it began with, what was added and taken, and each entry with its reason. */
export function AccountPeriod({ period, entries, timeZone, open }: Props) {
  const words = useWords();
  const texts = words.pages.statements;
  const { language } = useLanguage();
  const { asset, account, opening, credited, debited, closing } = period;
  // A coupon that is kept for an order is reserved too, and waits for no payout.
  const name =
    account === 'reserved' && asset.startsWith('COUPON:')
      ? texts.keptCoupons
      : (words.states.account[account]?.[0] ?? account);
  return (
    <section className="card stack">
      <h2>
        {name} · {assetName(asset, words)}
      </h2>
      <Facts
        items={[
          [texts.opening, <Amount minor={opening} asset={asset} />],
          [texts.credited, <Amount minor={credited} asset={asset} />],
          [texts.debited, <Amount minor={debited} asset={asset} />],
          [
            texts.closing,
            <strong>
              <Amount minor={closing} asset={asset} />
            </strong>,
          ],
        ]}
      />
      {period.entries > 0 && (
        <details open={open}>
          <summary>{texts.entries(period.entries)}</summary>
          {entries.map((entry) => (
            <div className="line" key={`${entry.journal.id} ${entry.balanceAfter}`}>
              <p>
                {entry.words[language]}
                <small>
                  <Moment at={entry.at} timeZone={timeZone} />
                </small>
              </p>
              <p className="numbers">
                <BareAmount minor={entry.amount} asset={asset} />
                <small title={texts.balanceAfter}>
                  = <Amount minor={entry.balanceAfter} asset={asset} />
                </small>
              </p>
            </div>
          ))}
        </details>
      )}
    </section>
  );
}

function assetName(asset: string, words: ReturnType<typeof useWords>): string {
  if (isMoney(asset)) return asset;
  return asset === 'POINTS' ? words.pages.home.points : `${words.pages.home.coupons} ${asset.replace('COUPON:', '')}`;
}
