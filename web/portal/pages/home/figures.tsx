import { api, type Schema } from '../../../api/client.js';
import { count, isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { BareAmount } from '../../../ui/amount.js';
import { Link } from '@tanstack/react-router';
import { NotYet } from '../../parts/loading.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

type Figures = Schema<'FiguresDto'>;

/** What the merchant brought today and this month, a table for each currency of storefronts. */
export function TodayAndMonth() {
  const texts = useWords().pages.home;
  const query = api.useQuery('get', '/v1/merchants/{id}/stats', { params: useMine() });
  if (!query.data) return <NotYet query={query} rows={4} />;
  const { today, month, countedUntil } = query.data;
  if (month.length === 0) return null;
  return (
    <section className="card stack">
      {month.map((figures) => (
        <Table
          key={figures.currency}
          month={figures}
          today={today.find(({ currency }) => currency === figures.currency)}
        />
      ))}
      <div className="row">
        {countedUntil && (
          <p className="fine">
            {texts.countedUntil} <Moment at={countedUntil} />
          </p>
        )}
        <Link to="/orders" className="plain-link">
          {texts.orders} ›
        </Link>
      </div>
    </section>
  );
}

function Table({ today, month }: { today: Figures | undefined; month: Figures }) {
  const texts = useWords().pages.home;
  const { language } = useLanguage();
  const { currency } = month;
  const number = (value: number | null | undefined) => (value ? count(value, language) : '–');
  const rows: [label: string, of: (figures: Figures | undefined) => number | null | undefined][] = [
    [texts.visits, (figures) => figures?.visits],
    [texts.placed, (figures) => figures?.placed],
    [texts.completed, (figures) => figures?.completed],
  ];
  const cost = (figures: Figures | undefined, asset: string) =>
    figures?.rewardCost.find((each) => each.asset === asset)?.cost ?? 0;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{texts.figure}</span>
          </th>
          <th scope="col">{texts.today}</th>
          <th scope="col">{texts.month}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, of]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{number(of(today))}</td>
            <td>{number(of(month))}</td>
          </tr>
        ))}
        {month.rewardCost
          .filter(({ asset }) => isMoney(asset) || asset === 'POINTS')
          .map(({ asset }) => (
            <tr key={asset}>
              <th scope="row">{isMoney(asset) ? texts.rewards(currency) : texts.points}</th>
              <td>
                <BareAmount minor={cost(today, asset)} asset={asset} />
              </td>
              <td>
                <BareAmount minor={cost(month, asset)} asset={asset} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
