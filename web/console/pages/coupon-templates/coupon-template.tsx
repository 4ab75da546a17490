import { Skeleton, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Facts } from '../../parts/facts.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { useCouponWorth } from '../../../ui/coupon-worth.js';

type Template = Schema<'CouponTemplateDto'>;

/** One kind of coupon: what it is worth, and for what. */
export default function CouponTemplatePage() {
  const name = useParam('name');
  const { data, error, refetch } = api.useQuery('get', '/v1/coupon-templates/{name}', { params: { path: { name } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={1200} />;
  return <OneTemplate template={data} />;
}

function OneTemplate({ template }: { template: Template }) {
  const { pages, states } = useWords();
  const texts = pages.couponTemplates;
  const admin = useMay('admin');
  const worth = useCouponWorth();
  const listed = (names: readonly string[]) => names.join(', ');
  return (
    <Page
      title={template.title ?? template.name}
      text={<State of="validity" is={template.endedAt ? 'ended' : 'current'} />}
      actions={admin && template.endedAt === null && <End name={template.name} />}
    >
      <Facts
        items={[
          [texts.name, <code key="name">{`COUPON:${template.name}`}</code>],
          [texts.kind, states.couponKind[template.kind][0]],
          [texts.worth, worth(template)],
          [texts.categories, template.categories.length > 0 ? listed(template.categories) : texts.everything],
          [texts.excluded, listed(template.excludedCategories)],
          [texts.storefront, template.storefront ?? texts.everyStorefront],
          [texts.valid, template.validDays === null ? texts.forEver : texts.days(template.validDays)],
          [texts.since, <Moment key="since" at={template.createdAt} />],
          [texts.endedAt, template.endedAt && <Moment key="ended" at={template.endedAt} />],
        ]}
      />
    </Page>
  );
}

function End({ name }: { name: string }) {
  const texts = useWords().pages.couponTemplates;
  const action = useAction(
    (headers) => client.POST('/v1/coupon-templates/{name}/end', { params: { path: { name } }, headers }),
    () => texts.ended(name),
  );
  return (
    <ActionDialog
      label={texts.end}
      title={texts.endTitle(name)}
      confirm={texts.end}
      action={action}
      button={{ variant: 'default' }}
    >
      <Text size="sm">{texts.endText}</Text>
    </ActionDialog>
  );
}
