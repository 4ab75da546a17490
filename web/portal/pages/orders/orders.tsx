import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../../../api/client.js';
import type { Search } from '../../../ui/search.js';
import { Empty } from '../../parts/empty.js';
import { NotYet } from '../../parts/loading.js';
import { BY_CURSOR, More } from '../../parts/more.js';
import { Page } from '../../parts/page.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { Order } from './order.js';

const STATES = ['placed', 'completed', 'cancelled'] as const;

/** The orders that the merchant brought, the latest first, or the one that the address names: what each earned, and why. */
export default function Orders() {
  const words = useWords();
  const texts = words.pages.orders;
  const { path } = useMine();
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = STATES.find((each) => each === search['state']);
  const orderId = search['orderId'];
  const list = api.useInfiniteQuery(
    'get',
    '/v1/merchants/{id}/orders',
    { params: { path, query: { ...(state && { state }), ...(orderId && { orderId }) } } },
    BY_CURSOR,
  );
  const orders = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={texts.title} text={texts.text}>
      <div className="choices" role="group" aria-label={texts.state}>
        {[undefined, ...STATES].map((each) => (
          <button
            key={each ?? 'all'}
            type="button"
            aria-pressed={!orderId && each === state}
            onClick={() => void navigate({ to: '/orders', search: { state: each }, replace: true })}
          >
            {each ? words.states.order[each][0] : words.list.all}
          </button>
        ))}
      </div>
      {!orders && <NotYet query={list} rows={5} />}
      {orders?.length === 0 &&
        (state || orderId ? (
          <p className="card">{orderId ? texts.noneOfId(orderId) : texts.noneOfState}</p>
        ) : (
          <Empty title={texts.empty} text={texts.emptyText} />
        ))}
      {orders?.map((order) => (
        <Order key={order.id} order={order} />
      ))}
      <More list={list} />
    </Page>
  );
}
