import { Group, Text } from '@mantine/core';
import { client, type Schema } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Note } from '../../parts/note.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';

type Account = Schema<'BankAccountDto'>;

/** An account in one line. */
export function accountText({ holder, maskedNumber, bankName }: Account): string {
  return [holder, maskedNumber, bankName].filter(Boolean).join(' ');
}

/** What a reviewer should look at before a waiting account is approved. */
export function AccountNotes({ account, current }: { account: Account; current: Account | null | undefined }) {
  const { pages, states } = useWords();
  return (
    <>
      {account.warnings.map(({ code }) => (
        <Note key={code} acts title={states.bankAccountWarning[code][0]}>
          {states.bankAccountWarning[code][1]}
        </Note>
      ))}
      {current && account.holder !== current.holder && <Note acts title={pages.merchants.otherHolder} />}
    </>
  );
}

interface DecisionProps {
  /** The merchant's. */
  id: string;
  account: Account;
  /** Who filed it and cannot approve it, where that is known. */
  filedBy?: string;
}

/** Approves or rejects a waiting account, or says who can. */
export function AccountDecision({ id, account, filedBy }: DecisionProps) {
  const texts = useWords().pages.merchants;
  const isReviewer = useMay('reviewer');
  const me = useMe();
  if (!isReviewer || filedBy === me.id) return <Text c="dimmed">{texts.reviewersDecide}</Text>;
  return (
    <Group gap="xs">
      <ApproveAccount id={id} account={account} />
      <RejectAccount id={id} account={account} />
    </Group>
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
      <Text>{accountText(account)}</Text>
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
