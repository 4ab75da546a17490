import { Code, Group, Skeleton, Text } from '@mantine/core';
import { api } from '../../../api/client.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { BankAmount } from '../../parts/bank-amount.js';
import { useBankStatus } from '../../parts/bank-status.js';
import { Facts } from '../../parts/facts.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { Person } from '../../parts/person.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { Candidates } from './candidates.js';
import { Dismiss } from './dismiss.js';
import type { Line } from './line-columns.js';
import { Proposal } from './proposal.js';
import { OPEN } from './results.js';
import { useLineAmount } from './line-amount.js';
import { PageLink } from '../../parts/page-link.js';

/** One line of a bank report; an open one with the payouts that may be meant, and the decision. */
export default function BankLine() {
  const id = useParam('id');
  const texts = useWords().pages.bankReports;
  const { data, error, refetch } = api.useQuery('get', '/v1/bank-report-lines/{id}', { params: { path: { id } } });
  const amountOf = useLineAmount();
  const isMaker = useMay('finance-maker');
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  const open = OPEN.some((result) => result === data.result);
  const mayDecide = open && isMaker && data.proposal === null;
  return (
    <Page title={texts.lineTitle(amountOf(data))} actions={mayDecide && <Dismiss line={data} />}>
      {open && data.proposal && <Proposal line={data} proposal={data.proposal} />}
      {open && !isMaker && data.proposal === null && <Note>{texts.waitsForMaker}</Note>}
      <LineFacts line={data} />
      {mayDecide &&
        (data.result === 'contradicting' ? <Note>{texts.contradictingText}</Note> : <Candidates line={data} />)}
    </Page>
  );
}

function LineFacts({ line }: { line: Line }) {
  const { pages, states } = useWords();
  const texts = pages.bankReports;
  const { language } = useLanguage();
  const statusOf = useBankStatus();
  return (
    <Facts
      items={[
        [texts.result, <State key="result" of="bankLine" is={line.result} />],
        [texts.status, statusOf(line)],
        [texts.statusAsWritten, line.status],
        [texts.reasonOfBank, [line.reasonCode, line.reason].filter(Boolean).join(' · ')],
        [texts.amount, <BankAmount key="amount" text={line.amount} currency={line.currency} />],
        [texts.charge, line.charge !== null && <BankAmount text={line.charge} currency={line.currency} />],
        [texts.bookedOn, line.bookedOn && calendarDay(line.bookedOn, language)],
        [texts.otherAccount, line.account],
        [texts.reference, line.reference && <Code>{line.reference}</Code>],
        [texts.bankReference, line.bankReference],
        [
          texts.detail,
          line.detail && (
            <Text component="span" lang="en">
              {line.detail}
            </Text>
          ),
        ],
        [
          texts.payout,
          line.payout && <PageLink to={`/reconciliation/payouts/${line.payout}`}>{texts.toPayout}</PageLink>,
        ],
        [texts.sameAs, line.sameAs && <PageLink to={`/bank-lines/${line.sameAs}`}>{line.sameAs}</PageLink>],
        [
          texts.report,
          <Group key="report" gap={4}>
            <PageLink to={`/bank-reports/${line.report}`}>{states.reportKind[line.kind]?.[0] ?? line.kind}</PageLink>·{' '}
            <Moment at={line.receivedAt} />
          </Group>,
        ],
        [
          texts.decidedBy,
          line.decidedBy !== null && line.decidedAt !== null && (
            <>
              <Person id={line.decidedBy} /> · <Moment at={line.decidedAt} />
            </>
          ),
        ],
        [texts.decisionReason, line.decisionReason],
      ]}
    />
  );
}
