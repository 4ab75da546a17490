import { api, type Schema } from '../../../api/client.js';
import { count, day } from '../../../ui/format.js';
import { useLanguage, type Language } from '../../../ui/language.js';
import { SOON_DAYS } from '../../parts/expiring.js';
import { Figure } from '../../parts/figure.js';
import { NotYet } from '../../parts/loading.js';
import { BY_CURSOR, More } from '../../parts/more.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

const PAGE = 200;

/** How many points there are, how many expire soon, and what expires on which day. */
export function Points() {
  const texts = useWords().pages.assets;
  const { language } = useLanguage();
  const { path } = useMine();
  const list = api.useInfiniteQuery(
    'get',
    '/v1/merchants/{id}/points',
    { params: { path, query: { withinDays: SOON_DAYS, limit: PAGE } } },
    BY_CURSOR,
  );
  const [first] = list.data?.pages ?? [];
  if (!first) return <NotYet query={list} />;
  const lots = list.data!.pages.flatMap(({ items }) => items);
  return (
    <section className="card stack">
      <Figure label={texts.points} to="/statements" search={{ asset: 'POINTS' }}>
        <strong className="large">{count(first.available, language)}</strong>
      </Figure>
      {first.expiringSoon > 0 && (
        <p className="notice">{texts.soon(count(first.expiringSoon, language), first.withinDays)}</p>
      )}
      {lots.length === 0 ? (
        <p className="quiet">{texts.noPoints}</p>
      ) : (
        <div>
          {[...byDayOfExpiry(lots, language)].map(([expiry, remaining]) => (
            <p key={expiry} className="line">
              {expiry ? texts.expires(expiry) : texts.never}
              <span className="amount">{count(remaining, language)}</span>
            </p>
          ))}
        </div>
      )}
      <More list={list} />
    </section>
  );
}

/** What expires on each day, the first one first; an empty day: never. */
function byDayOfExpiry(lots: readonly Schema<'PointsLotDto'>[], language: Language): Map<string, number> {
  const days = new Map<string, number>();
  for (const { remaining, expiresAt } of lots) {
    const each = expiresAt ? day(expiresAt, language) : '';
    days.set(each, (days.get(each) ?? 0) + remaining);
  }
  return days;
}
