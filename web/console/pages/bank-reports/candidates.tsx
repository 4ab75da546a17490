import { Skeleton, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { State } from '../../../ui/state.js';
import { List, type Column } from '../../parts/list.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import type { Line } from './line-columns.js';
import { Match, MatchByNumber } from './match.js';
import { PageLink } from '../../parts/page-link.js';

type Candidate = Schema<'LineCandidateDto'>;

/** The payouts that an open line may be about, each with the decision. */
export function Candidates({ line }: { line: Line }) {
  const { bankReports: texts, shared, payouts } = useWords().pages;
  const { data, error, isPending } = api.useQuery('get', '/v1/bank-report-lines/{id}/candidates', {
    params: { path: { id: line.id } },
  });
  const fitWords: Record<Candidate['fits'][number], string> = {
    amount: texts.fitAmount,
    'near-amount': texts.fitNear,
    account: texts.fitAccount,
    reference: texts.fitReference,
  };
  const columns: Column<Candidate>[] = [
    {
      label: payouts.payee,
      cell: ({ payout: { id, beneficiary } }) => (
        <PageLink to={`/reconciliation/payouts/${id}`}>
          {beneficiary.holder} {beneficiary.maskedNumber}
        </PageLink>
      ),
    },
    {
      label: shared.amount,
      align: 'right',
      cell: ({ payout }) => <Amount minor={payout.sentAmount} asset={payout.currency} />,
    },
    { label: shared.state, cell: ({ payout }) => <State of="payout" is={payout.state} /> },
    { label: texts.fits, cell: ({ fits }) => fits.map((fit) => fitWords[fit]).join(' · ') },
    { label: texts.match, cell: ({ payout }) => <Match line={line} payout={payout} /> },
  ];
  return (
    <Section title={texts.candidates}>
      <Text size="sm" c="dimmed">
        {texts.candidatesText}
      </Text>
      {isPending && (
        <Skeleton h={120}>
          <Text>{texts.looking}</Text>
        </Skeleton>
      )}
      {error !== null && <ProblemNotice error={error} />}
      {data && (
        <List
          caption={texts.candidates}
          columns={columns}
          query={{ data, error, isPending, refetch: () => undefined }}
          rowKey={({ payout }) => payout.id}
          empty={<Text>{texts.noCandidates}</Text>}
          paged={false}
        />
      )}
      <MatchByNumber line={line} />
    </Section>
  );
}
