import { Group, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { amount, isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { AssetAmount, useAssetName } from '../../parts/asset.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { StateTabs, useStateTab } from '../../parts/state-tabs.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { Propose } from './propose.js';
import { PageLink } from '../../parts/page-link.js';

type Adjustment = Schema<'AdjustmentDto'>;
const STATES = ['awaiting-approval', 'approved', 'rejected'] as const;

/** Corrections of what merchants have; those that wait for a checker first. */
export default function Adjustments() {
  const words = useWords();
  const { adjustments: texts, shared } = words.pages;
  const mayPropose = useMay('finance-maker');
  const [filters] = useFilters();
  const state = useStateTab(STATES);
  const { merchant, cursor } = filters;
  const query = api.useQuery('get', '/v1/adjustments', { params: { query: { state, merchant, cursor } } });
  const columns: Column<Adjustment>[] = [
    { label: texts.madeAt, cell: ({ madeAt }) => <Day at={madeAt} /> },
    { label: shared.merchant, cell: (row) => <MerchantName id={row.merchant} /> },
    {
      label: shared.amount,
      align: 'right',
      cell: (row) => <AssetAmount minor={row.amount} asset={row.asset} />,
    },
    { label: words.reason, cell: ({ reason }) => reason },
    { label: texts.madeBy, cell: ({ madeBy }) => <Person id={madeBy} /> },
    { label: shared.state, cell: (row) => <State of="adjustment" is={row.state} /> },
    { label: texts.decision, cell: (row) => <Decision adjustment={row} /> },
  ];
  return (
    <Page title={texts.title} text={texts.text} actions={mayPropose && <Propose />}>
      <StateTabs states={STATES} words={words.states.adjustment} />
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.none} text={texts.noneText} />}
      />
    </Page>
  );
}

function Decision({ adjustment }: { adjustment: Adjustment }) {
  const { adjustments: texts } = useWords().pages;
  const me = useMe();
  const isChecker = useMay('finance-checker');
  const { state, madeBy, decidedBy, journal } = adjustment;
  if (state !== 'awaiting-approval')
    return (
      <>
        <Person id={decidedBy} /> {journal !== null && <PageLink to={`/journals/${journal}`}>{texts.journal}</PageLink>}
      </>
    );
  if (!isChecker) return null;
  if (madeBy === me.id) return <Text size="sm">{texts.own}</Text>;
  return <Decide adjustment={adjustment} />;
}

function Decide({ adjustment }: { adjustment: Adjustment }) {
  const words = useWords();
  const { adjustments: texts, shared } = words.pages;
  const { language } = useLanguage();
  const nameOf = useAssetName();
  const { id, asset, merchant, reason } = adjustment;
  const text = amount(adjustment.amount, asset, language);
  const sum = isMoney(asset) ? text : `${text} ${nameOf(asset)}`;
  const name = api.useQuery('get', '/v1/merchants/{id}/name', { params: { path: { id: merchant } } }).data?.displayName;
  const approve = useAction(
    (headers) => client.POST('/v1/adjustments/{id}/approve', { params: { path: { id } }, headers }),
    () => texts.approved,
  );
  return (
    <Group gap="xs" wrap="nowrap">
      <ActionDialog
        label={shared.approve}
        title={texts.approveTitle(sum, name ?? '…')}
        confirm={texts.approveConfirm(sum)}
        action={approve}
        button={{ size: 'compact-md' }}
      >
        <Text>{reason}</Text>
        <Text>{texts.approveText}</Text>
      </ActionDialog>
      <RejectAdjustment id={id} sum={sum} />
    </Group>
  );
}

/** The API takes no reason for it: what was wrong is said between the two people. */
function RejectAdjustment({ id, sum }: { id: string; sum: string }) {
  const { adjustments: texts, shared } = useWords().pages;
  const action = useAction(
    (headers) => client.POST('/v1/adjustments/{id}/reject', { params: { path: { id } }, headers }),
    () => texts.rejected,
  );
  return (
    <ActionDialog
      label={shared.reject}
      title={texts.rejectTitle(sum)}
      confirm={shared.reject}
      action={action}
      button={{ size: 'compact-md', variant: 'default' }}
    />
  );
}
