import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { useCouponWorth } from '../../../ui/coupon-worth.js';
import { PageLink } from '../../parts/page-link.js';

type Template = Schema<'CouponTemplateDto'>;

/** The kinds of coupons that reward rules may grant. */
export default function CouponTemplates() {
  const texts = useWords().pages.couponTemplates;
  const [{ cursor }] = useFilters();
  const admin = useMay('admin');
  const worth = useCouponWorth();
  const query = api.useQuery('get', '/v1/coupon-templates', { params: { query: { cursor } } });
  const columns: Column<Template>[] = [
    {
      label: texts.name,
      cell: ({ name }) => <PageLink to={`/coupon-templates/${encodeURIComponent(name)}`}>{name}</PageLink>,
    },
    { label: texts.forPeople, cell: ({ title }) => title ?? '–' },
    { label: texts.worth, cell: worth },
    {
      label: texts.valid,
      cell: ({ validDays }) => (validDays === null ? texts.forEver : texts.days(validDays)),
    },
    { label: texts.since, cell: ({ createdAt }) => <Day at={createdAt} /> },
    { label: texts.state, cell: ({ endedAt }) => <State of="validity" is={endedAt ? 'ended' : 'current'} /> },
  ];
  const add = admin && (
    <Button component={Link} to="/coupon-templates/new">
      {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} text={texts.text} actions={add}>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ name }) => name}
        empty={<Empty title={texts.empty} text={texts.emptyText} action={add} />}
      />
    </Page>
  );
}
