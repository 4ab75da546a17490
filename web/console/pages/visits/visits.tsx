import { api, type Schema } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { DayFilter } from '../../parts/day-filter.js';
import { momentsOf } from '../../parts/days.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { KnownMerchant } from '../../parts/known-merchant.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantFilter } from '../../parts/merchant-filter.js';
import { Page } from '../../parts/page.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { StorefrontFilter } from '../../parts/storefront-filter.js';
import { StorefrontName } from '../../parts/storefront-name.js';
import { useWords } from '../../words.js';

/** Visits of all storefronts, the latest first: whether a merchant counts for the shopper, and how they were named. */
export default function Visits() {
  const { pages, states } = useWords();
  const texts = pages.visits;
  const { language } = useLanguage();
  const [filters] = useFilters();
  const { merchant, storefront, from, to, cursor } = filters;
  const attributed = (['true', 'false'] as const).find((one) => one === filters['attributed']);
  const via = (['code', 'referrer'] as const).find((one) => one === filters['via']);
  const query = api.useQuery('get', '/v1/visits', {
    params: { query: { attributed, via, merchant, storefront, cursor, ...momentsOf(from, to) } },
  });
  const columns: Column<Schema<'VisitSummaryDto'>>[] = [
    { label: texts.at, cell: ({ at }) => <Moment at={at} /> },
    { label: pages.shared.storefront, cell: (visit) => <StorefrontName id={visit.storefront} /> },
    {
      label: texts.merchant,
      cell: (visit) => (visit.merchant ? <KnownMerchant merchant={visit.merchant} /> : texts.nobody),
    },
    { label: texts.via, cell: (visit) => (visit.via ? <State of="via" is={visit.via} /> : '–') },
    {
      label: texts.code,
      cell: ({ codeGiven, codeStatus }) => (
        <>
          {codeGiven} <State of="codeStatus" is={codeStatus} />
        </>
      ),
    },
    {
      label: texts.answers,
      align: 'right',
      cell: ({ answers }) => (answers === 0 ? '–' : count(answers, language)),
    },
    { label: texts.referrer, cell: ({ referrerUrl }) => <span className="breaks">{referrerUrl ?? '–'}</span> },
  ];
  return (
    <Page title={texts.title} text={texts.text}>
      <FilterBar>
        <SelectFilter
          name="attributed"
          label={texts.merchant}
          options={[
            { value: 'true', label: texts.somebody },
            { value: 'false', label: texts.nobody },
          ]}
        />
        <SelectFilter name="via" label={texts.via} options={optionsOf(states.via)} />
        <StorefrontFilter />
        <DayFilter name="from" label={pages.shared.from} />
        <DayFilter name="to" label={pages.shared.to} />
        <MerchantFilter />
      </FilterBar>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.empty} text={texts.emptyText} />}
      />
    </Page>
  );
}
