import { Link } from '@tanstack/react-router';
import { api } from '../../../api/client.js';
import { count, isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { SOON_DAYS, useExpiringCoupons } from '../../parts/expiring.js';
import { Figure } from '../../parts/figure.js';
import { NotYet } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { useMe, useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { TodayAndMonth } from './figures.js';
import { MoneyCard } from './money-card.js';
import { Standing } from './standing.js';
import { WechatOffer } from './wechat-offer.js';

/** What came in, what becomes available when, and what was paid out. */
export default function Home() {
  const words = useWords();
  const texts = words.pages.home;
  const me = useMe();
  const params = useMine();
  const query = api.useQuery('get', '/v1/merchants/{id}/balances', { params });
  const balances = query.data?.items;
  const money = balances?.filter(({ asset }) => isMoney(asset));
  return (
    <Page
      title={me.displayName}
      text={
        <>
          {texts.code} <code>{me.code}</code>
        </>
      }
    >
      <Standing />
      <WechatOffer />
      {!balances && <NotYet query={query} rows={5} />}
      {money?.map((balance) => (
        <MoneyCard key={balance.asset} balance={balance} />
      ))}
      {balances?.length === 0 && <Nothing />}
      <TodayAndMonth />
      {balances && <Others />}
    </Page>
  );
}

function Nothing() {
  const texts = useWords().pages.home;
  return (
    <section className="card stack">
      <h2>{texts.empty}</h2>
      <p className="quiet">{texts.emptyText}</p>
      <Link to="/share" className="button primary">
        {texts.share}
      </Link>
    </section>
  );
}

function Others() {
  const texts = useWords().pages.home;
  const { language } = useLanguage();
  const params = useMine();
  const { data } = api.useQuery('get', '/v1/merchants/{id}/balances', { params });
  const soon = { withinDays: SOON_DAYS, limit: 1 };
  const { data: points } = api.useQuery('get', '/v1/merchants/{id}/points', { params: { ...params, query: soon } });
  const { coupons, more } = useExpiringCoupons();
  const available = (ours: (asset: string) => boolean) =>
    data?.items.reduce((sum, balance) => sum + (ours(balance.asset) ? balance.available : 0), 0) ?? 0;
  return (
    <section className="card" aria-label={texts.others}>
      <Figure
        label={texts.points}
        hint={points && points.expiringSoon > 0 && texts.soon(count(points.expiringSoon, language), SOON_DAYS)}
        to="/assets"
      >
        {count(
          available((asset) => asset === 'POINTS'),
          language,
        )}
      </Figure>
      <Figure
        label={texts.coupons}
        hint={coupons.length > 0 && texts.soon(`${coupons.length}${more ? '+' : ''}`, SOON_DAYS)}
        to="/assets"
      >
        {count(
          available((asset) => asset.startsWith('COUPON:')),
          language,
        )}
      </Figure>
      <Figure label={texts.statements} to="/statements" />
    </section>
  );
}
