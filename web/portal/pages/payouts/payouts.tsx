import { api } from '../../../api/client.js';
import { Empty } from '../../parts/empty.js';
import { NotYet } from '../../parts/loading.js';
import { BY_CURSOR, More } from '../../parts/more.js';
import { Page } from '../../parts/page.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { Payout } from './payout.js';

/** What was paid out, the latest first, and what waits for the merchant to agree. */
export default function Payouts() {
  const texts = useWords().pages.payouts;
  const params = useMine();
  const list = api.useInfiniteQuery('get', '/v1/merchants/{id}/payouts', { params }, BY_CURSOR);
  const payouts = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={texts.title} text={texts.text}>
      {!payouts && <NotYet query={list} rows={4} />}
      {payouts?.length === 0 && <Empty title={texts.empty} text={texts.emptyText} />}
      {payouts?.map((payout) => (
        <Payout key={payout.id} payout={payout} />
      ))}
      <More list={list} />
    </Page>
  );
}
