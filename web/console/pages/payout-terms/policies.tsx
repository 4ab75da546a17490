import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { Empty } from '../../parts/list.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { Facts } from '../../parts/facts.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { Terms, useFeeText } from '../payouts/terms.js';
import { SetPolicy } from './set-policy.js';

/** The terms of payouts, by currency. */
export default function Policies() {
  const { payoutTerms: texts, platformAccounts } = useWords().pages;
  const isAdmin = useMay('admin');
  const { data, error, refetch } = api.useQuery('get', '/v1/platform-accounts');
  return (
    <Page title={texts.title} text={texts.text}>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!isAdmin && <Note>{texts.onlyAdmin}</Note>}
      {data?.items.length === 0 && (
        <Empty
          title={texts.noCurrency}
          text={texts.noCurrencyText}
          action={
            <Button component={Link} to="/platform-accounts" variant="default">
              {platformAccounts.title}
            </Button>
          }
        />
      )}
      {data?.items.map(({ currency }) => (
        <Policy key={currency} currency={currency} />
      ))}
    </Page>
  );
}

function Policy({ currency }: { currency: string }) {
  const { pages, states } = useWords();
  const texts = pages.payoutTerms;
  const isAdmin = useMay('admin');
  const feeText = useFeeText();
  const { data } = api.useQuery('get', '/v1/payout-policies/{currency}', { params: { path: { currency } } });
  return (
    <Section title={currency} actions={isAdmin && data && <SetPolicy key={data.changedAt} policy={data} />}>
      {data && data.changedBy === null && texts.notSet}
      {data && <Terms currency={currency} terms={data} />}
      {data && (
        <Facts
          items={[
            ...(data.railFees ?? []).map(
              (fee) => [texts.feeOver(states.rail[fee.rail][0]), feeText(fee, currency)] as const,
            ),
            [
              texts.changed,
              data.changedBy !== null && data.changedAt !== null && (
                <>
                  <Person id={data.changedBy} /> · <Moment at={data.changedAt} />
                </>
              ),
            ],
          ]}
        />
      )}
    </Section>
  );
}
