import { Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { useCouponWorth } from '../../../ui/coupon-worth.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

type Coupon = Schema<'CouponDto'>;
const REVOCABLE = new Set<Coupon['state']>(['issued', 'reserved']);

/** The merchant's coupons; one that is not redeemed can be taken back, with a reason. */
export function Coupons({ id }: { id: string }) {
  const { pages, states } = useWords();
  const texts = pages.merchants;
  const inWords = useCouponWorth();
  const revokes = useMay('finance-checker', 'admin');
  const [filters] = useFilters();
  const state = (Object.keys(states.coupon) as Coupon['state'][]).find((one) => one === filters['state']);
  const query = api.useQuery('get', '/v1/merchants/{id}/coupons', {
    params: { path: { id }, query: { state, cursor: filters['cursor'] } },
  });
  const columns: Column<Coupon>[] = [
    { label: texts.coupon, cell: ({ template, code }) => `${template} ${code}` },
    { label: pages.couponTemplates.worth, cell: ({ worth }) => (worth ? inWords(worth) : '–') },
    { label: texts.issuedOn, cell: ({ issuedAt }) => <Day at={issuedAt} /> },
    { label: texts.expiresOn, cell: ({ expiresAt }) => (expiresAt ? <Day at={expiresAt} /> : texts.never) },
    { label: texts.order, cell: ({ orderId }) => orderId ?? '–' },
    { label: texts.state, cell: (coupon) => <State of="coupon" is={coupon.state} /> },
    ...(revokes
      ? [
          {
            label: texts.revoke,
            cell: (coupon: Coupon) => REVOCABLE.has(coupon.state) && <Revoke id={id} coupon={coupon} />,
          },
        ]
      : []),
  ];
  return (
    <>
      <FilterBar>
        <SelectFilter name="state" label={texts.state} options={optionsOf(states.coupon)} />
      </FilterBar>
      <List
        caption={texts.tabs.coupons}
        columns={columns}
        query={query}
        rowKey={(coupon) => coupon.id}
        empty={<Text c="dimmed">{texts.noCoupons}</Text>}
      />
    </>
  );
}

function Revoke({ id, coupon: { id: couponId, code } }: { id: string; coupon: Coupon }) {
  const texts = useWords().pages.merchants;
  return (
    <ReasonDialog
      label={texts.revoke}
      title={texts.revokeTitle(code)}
      hint={texts.merchantReads}
      done={texts.revoked(code)}
      button={{ variant: 'default', size: 'compact-sm' }}
      send={(reason, headers) =>
        client.POST('/v1/merchants/{id}/coupons/{couponId}/revoke', {
          params: { path: { id, couponId } },
          headers,
          body: { reason },
        })
      }
    />
  );
}
