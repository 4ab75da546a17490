import { api, type Schema } from '../../../api/client.js';
import { useCouponWorth } from '../../../ui/coupon-worth.js';
import { day } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { State } from '../../../ui/state.js';
import { SOON_DAYS, useExpiringCoupons } from '../../parts/expiring.js';
import { NotYet } from '../../parts/loading.js';
import { BY_CURSOR, More } from '../../parts/more.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

/** Coupons that can be redeemed, each with its code; the others on demand. */
export function Coupons() {
  const texts = useWords().pages.assets;
  const { path } = useMine();
  const list = api.useInfiniteQuery(
    'get',
    '/v1/merchants/{id}/coupons',
    { params: { path, query: { state: 'issued' } } },
    BY_CURSOR,
  );
  const { coupons: soon } = useExpiringCoupons();
  const all = list.data?.pages.flatMap(({ items }) => items);
  if (!all) return <NotYet query={list} />;
  const coupons = all.filter(({ id }) => !soon.some((one) => one.id === id));
  return (
    <section className="card stack">
      <h2>{texts.coupons}</h2>
      {soon.length > 0 && (
        <div className="notice">
          <h3>{texts.soonCoupons}</h3>
          <p>{texts.soonCouponsText(SOON_DAYS)}</p>
          {soon.map((coupon) => (
            <Coupon key={coupon.id} coupon={coupon} />
          ))}
        </div>
      )}
      <p className="quiet">{all.length === 0 ? texts.noCoupons : texts.couponsText}</p>
      <div>
        {coupons.map((coupon) => (
          <Coupon key={coupon.id} coupon={coupon} />
        ))}
      </div>
      <More list={list} />
      <details>
        <summary>{texts.others}</summary>
        <OtherCoupons />
      </details>
    </section>
  );
}

/** All coupons, whatever has become of them. */
function OtherCoupons() {
  const { path } = useMine();
  const list = api.useInfiniteQuery('get', '/v1/merchants/{id}/coupons', { params: { path } }, BY_CURSOR);
  const coupons = list.data?.pages.flatMap(({ items }) => items);
  if (!coupons) return <NotYet query={list} />;
  return (
    <>
      {coupons.map((coupon) => (
        <Coupon key={coupon.id} coupon={coupon} />
      ))}
      <More list={list} />
    </>
  );
}

function Coupon({ coupon: { code, template, worth, state, expiresAt } }: { coupon: Schema<'CouponDto'> }) {
  const texts = useWords().pages.assets;
  const { language } = useLanguage();
  const inWords = useCouponWorth();
  return (
    <div className="line">
      <p>
        <code>{code}</code>
        <small>
          {worth && `${inWords(worth)} · `}
          {template} · {expiresAt ? texts.expires(day(expiresAt, language)) : texts.never}
        </small>
      </p>
      <p className="numbers">
        <State of="coupon" is={state} />
      </p>
    </div>
  );
}
