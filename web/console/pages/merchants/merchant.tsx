import { Button, Skeleton, Tabs, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { Note } from '../../parts/note.js';
import { only, useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { Person } from '../../parts/person.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { Balances } from './balances.js';
import { BankAccounts } from './bank-accounts.js';
import { Coupons } from './coupons.js';
import { Debts } from './debts.js';
import { Entries } from './entries.js';
import { Erase } from './erase.js';
import { GiveContact } from './give-contact.js';
import { HoldAvailable } from './hold-available.js';
import { Holds } from './holds.js';
import { Orders } from './orders.js';
import { Payouts } from './payouts.js';
import { Points } from './points.js';
import { Rewards } from './rewards.js';
import { ShareLink } from './share-link.js';
import { StateActions } from './state-actions.js';
import { WechatPayee } from './wechat-payee.js';
import { PageLink } from '../../parts/page-link.js';

const TABS = {
  entries: Entries,
  orders: Orders,
  rewards: Rewards,
  payouts: Payouts,
  holds: Holds,
  debts: Debts,
  points: Points,
  coupons: Coupons,
  accounts: Accounts,
} satisfies Record<string, ComponentType<{ id: string }>>;
type Tab = keyof typeof TABS;
const NAMES = Object.keys(TABS) as Tab[];

/** One merchant: what they have and why, and what can be done about them. */
export default function MerchantPage() {
  const id = useParam('id');
  const { data, error, refetch } = api.useQuery('get', '/v1/merchants/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return <Merchant merchant={data} />;
}

function Merchant({ merchant }: { merchant: Schema<'MerchantDto'> }) {
  const texts = useWords().pages.merchants;
  const { id } = merchant;
  const proposes = useMay('finance-maker');
  return (
    <Page
      title={merchant.erasedAt === null ? merchant.displayName : texts.erasedTitle(merchant.code)}
      text={<State of="merchant" is={merchant.state} />}
      actions={
        <>
          <StateActions merchant={merchant} />
          <Erase merchant={merchant} />
          <HoldAvailable merchant={merchant} />
          {proposes && merchant.erasedAt === null && (
            <Button component={Link} to="/adjustments" search={only({ merchant: id })} variant="default">
              {texts.adjust}
            </Button>
          )}
        </>
      }
    >
      {merchant.erasedAt !== null && <Note title={texts.erasedNote}>{texts.erasedText}</Note>}
      <Identity merchant={merchant} />
      <Balances id={id} />
      <Records id={id} />
    </Page>
  );
}

function Identity({ merchant }: { merchant: Schema<'MerchantDto'> }) {
  const words = useWords();
  const texts = words.pages.merchants;
  const reviews = useMay('reviewer', 'admin');
  return (
    <Facts
      items={[
        [texts.code, <code key="code">{merchant.code}</code>],
        [texts.shareLink, merchant.state === 'active' && <ShareLink code={merchant.code} />],
        [texts.wechatId, merchant.wechatId],
        [texts.phone, merchant.phone],
        [texts.email, merchant.email],
        [texts.contactGivenBy, merchant.contactGivenBy && <Person key="given" id={merchant.contactGivenBy} />],
        [texts.signInBy, merchant.takesContact && <GiveContact key="give" merchant={merchant} />],
        [texts.group, merchant.group],
        [words.reason, merchant.stateReason],
        [
          texts.since,
          <span key="since">
            <Moment at={merchant.createdAt} />{' '}
            {reviews && <PageLink to={`/applications/${merchant.application}`}>{texts.application}</PageLink>}
          </span>,
        ],
        [texts.erasedAt, merchant.erasedAt !== null && <Moment key="erased" at={merchant.erasedAt} />],
      ]}
    />
  );
}

/** What there is on record about the merchant, a tab each; which one is open stands in the address. */
function Records({ id }: { id: string }) {
  const texts = useWords().pages.merchants;
  const [filters, setFilters] = useFilters();
  const tab = NAMES.find((name) => name === filters['tab']) ?? 'entries';
  const Open = TABS[tab];
  const open = (next: string | null) =>
    setFilters({ tab: next ?? undefined, asset: undefined, account: undefined, state: undefined });
  return (
    <Tabs value={tab} onChange={open} keepMounted={false} id="records" mt="md">
      <Tabs.List className="no-print" mb="md">
        {NAMES.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {texts.tabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab}>
        <Open id={id} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Accounts({ id }: { id: string }) {
  const sees = useMay('reviewer', 'finance-maker', 'finance-checker', 'auditor');
  const texts = useWords().pages.merchants;
  const { data } = api.useQuery('get', '/v1/merchants/{id}', { params: { path: { id } } });
  // Nothing can be added to somebody who is gone.
  if (data?.erasedAt) return <Text c="dimmed">{texts.noBankAccounts}</Text>;
  return (
    <>
      <BankAccounts id={id} />
      {sees && <WechatPayee id={id} />}
    </>
  );
}
