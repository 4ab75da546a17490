import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { AccountDecision, AccountNotes, accountText } from './account-decision.js';
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
            [texts.inPlaceOf, pending && current && accountText(current)],
          ]}
        />
        {pending && (
          <>
            <AccountNotes account={account} current={current} />
            <AccountDecision id={id} account={account} />
          </>
        )}
      </Stack>
    </Paper>
  );
}
