import { Stack, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { useFilters } from '../../parts/filters.js';
import { KnownMerchant } from '../../parts/known-merchant.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { useWords } from '../../words.js';
import { AccountDecision, AccountNotes, accountText } from './account-decision.js';

/** Changes of bank accounts that wait for a reviewer, of all merchants. */
export default function WaitingAccounts() {
  const { merchants: texts, shared } = useWords().pages;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/bank-account-changes', { params: { query: { cursor } } });
  const columns: Column<Schema<'WaitingAccountDto'>>[] = [
    { label: shared.merchant, cell: ({ merchant }) => <KnownMerchant merchant={merchant} /> },
    {
      label: texts.askedFor,
      cell: ({ account, inForce }) => (
        <Stack gap="xs" align="flex-start">
          <Text>{accountText(account)}</Text>
          <AccountNotes account={account} current={inForce} />
        </Stack>
      ),
    },
    { label: texts.inPlaceOf, cell: ({ inForce }) => inForce && accountText(inForce) },
    { label: texts.filedAt, cell: ({ account }) => <Moment at={account.filedAt} /> },
    {
      label: texts.filedBy,
      cell: ({ filedBy, merchant }) => (filedBy === merchant.id ? shared.merchant : <Person id={filedBy} />),
    },
    {
      label: texts.decision,
      cell: ({ merchant, account, filedBy }) => (
        <AccountDecision id={merchant.id} account={account} filedBy={filedBy} />
      ),
    },
  ];
  return (
    <Page title={texts.accountChanges} text={texts.accountChangesText}>
      <List
        caption={texts.accountChanges}
        columns={columns}
        query={query}
        rowKey={({ account }) => account.id}
        empty={<Empty title={texts.noAccountChanges} text={texts.noAccountChangesText} />}
      />
    </Page>
  );
}
