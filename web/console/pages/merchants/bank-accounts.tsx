import { Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Facts } from '../../parts/facts.js';
import { Note } from '../../parts/note.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { Section } from '../../parts/section.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { AskForAccount } from './ask-for-account.js';

type Account = Schema<'BankAccountDto'>;
const ORDER: readonly Account['state'][] = ['pending', 'current', 'replaced', 'rejected'];

/** Every bank account of the merchant: what waits for a review first, then the one in force. */
export function BankAccounts({ id }: { id: string }) {
  const texts = useWords().pages.merchants;
  const { data, error, refetch } = api.useQuery('get', '/v1/merchants/{id}/bank-accounts', {
    params: { path: { id } },
  });
  const asks = useMay('reviewer', 'admin');
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={200} />;
  const accounts = data.items.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const current = accounts.find(({ state }) => state === 'current');
  const waits = accounts.some(({ state }) => state === 'pending');
  return (
    <Section title={texts.bankAccounts} actions={asks && !waits && <AskForAccount id={id} />}>
      {accounts.length === 0 && <Text c="dimmed">{texts.noBankAccounts}</Text>}
      {accounts.map((account) => (
        <AccountCard key={account.id} id={id} account={account} current={current} />
      ))}
    </Section>
  );
}

function AccountCard({ id, account, current }: { id: string; account: Account; current: Account | undefined }) {
  const words = useWords();
  const texts = words.pages.merchants;
  const reviews = useMay('reviewer');
  const pending = account.state === 'pending';
  return (
    <Paper withBorder p="sm">
      <Stack gap="sm">
        <Facts
          items={[
            [texts.state, <State key="state" of="bankAccount" is={account.state} />],
            [texts.holder, account.holder],
            [texts.holderLatin, account.holderLatin],
            [texts.number, account.maskedNumber],
            [texts.bank, [account.bankName, account.bic, account.country].filter(Boolean).join(' · ')],
            [texts.town, account.town],
            [texts.filedAt, <Moment key="filed" at={account.filedAt} />],
            [texts.decidedAt, account.decidedAt && <Moment key="decided" at={account.decidedAt} />],
            [words.reason, account.reason],
            [
              texts.inPlaceOf,
              pending && current && `${current.holder} ${current.maskedNumber} ${current.bankName ?? ''}`,
            ],
          ]}
        />
        {pending &&
          account.warnings.map(({ code }) => (
            <Note key={code} acts title={words.states.bankAccountWarning[code][0]}>
              {words.states.bankAccountWarning[code][1]}
            </Note>
          ))}
        {pending && current && account.holder !== current.holder && <Note acts title={texts.otherHolder} />}
        {pending &&
          (reviews ? (
            <Group gap="xs">
              <ApproveAccount id={id} account={account} />
              <RejectAccount id={id} account={account} />
            </Group>
          ) : (
            <Text c="dimmed">{texts.reviewersDecide}</Text>
          ))}
      </Stack>
    </Paper>
  );
}

function ApproveAccount({ id, account }: { id: string; account: Account }) {
  const texts = useWords().pages.merchants;
  const action = useAction(
    (headers) =>
      client.POST('/v1/merchants/{id}/bank-account-changes/{change}/approve', {
        params: { path: { id, change: account.id } },
        headers,
      }),
    () => texts.accountApproved,
  );
  return (
    <ActionDialog
      label={texts.approveAccount}
      title={texts.approveAccountTitle}
      confirm={texts.approveAccountConfirm(account.maskedNumber)}
      action={action}
    >
      <Text>{`${account.holder} ${account.maskedNumber} ${account.bankName ?? ''}`}</Text>
      <Text size="sm" c="dimmed">
        {texts.approveAccountText}
      </Text>
    </ActionDialog>
  );
}

function RejectAccount({ id, account }: { id: string; account: Account }) {
  const texts = useWords().pages.merchants;
  return (
    <ReasonDialog
      label={texts.rejectAccount}
      title={texts.rejectAccountTitle(account.maskedNumber)}
      hint={texts.merchantReads}
      done={texts.accountRejected}
      button={{ variant: 'default' }}
      send={(reason, headers) =>
        client.POST('/v1/merchants/{id}/bank-account-changes/{change}/reject', {
          params: { path: { id, change: account.id } },
          headers,
          body: { reason },
        })
      }
    />
  );
}
