import { Group, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { Moment } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { BankAmount } from '../../parts/bank-amount.js';
import { Facts } from '../../parts/facts.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Note } from '../../parts/note.js';
import { Person } from '../../parts/person.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { Section } from '../../parts/section.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { useLineAmount } from './line-amount.js';
import type { Line } from './line-columns.js';
import { PageLink } from '../../parts/page-link.js';

/** A match of another amount, which a second person approves or rejects. */
export function Proposal({ line, proposal }: { line: Line; proposal: Schema<'ProposedMatchDto'> }) {
  const words = useWords();
  const { bankReports: texts, shared } = words.pages;
  const me = useMe();
  const isChecker = useMay('finance-checker');
  const confirm = texts.approveMatch(useLineAmount()(line));
  const path = { id: line.id };
  const payout = api.useQuery('get', '/v1/finance/reconciliation/payouts/{id}', {
    params: { path: { id: proposal.payout } },
  }).data;
  const approve = useAction(
    (headers) => client.POST('/v1/bank-report-lines/{id}/match/approve', { params: { path }, headers }),
    () => texts.matchApproved,
  );
  return (
    <Section title={texts.proposal}>
      <Facts
        items={[
          [
            texts.payout,
            <PageLink key="payout" to={`/reconciliation/payouts/${proposal.payout}`}>
              {texts.toPayout}
            </PageLink>,
          ],
          [shared.merchant, payout && <MerchantName id={payout.merchant} />],
          [texts.lineAmount, <BankAmount key="line" text={line.amount} currency={line.currency} />],
          [texts.payoutAmount, payout && <Amount minor={payout.sentAmount} asset={payout.currency} />],
          [words.reason, proposal.reason],
          [
            texts.proposedBy,
            <span key="by">
              <Person id={proposal.by} /> · <Moment at={proposal.at} />
            </span>,
          ],
        ]}
      />
      {!isChecker && <Note>{texts.waitsForChecker}</Note>}
      {isChecker && proposal.by === me.id && <Note title={shared.samePerson}>{texts.ownProposal}</Note>}
      {isChecker && proposal.by !== me.id && (
        <Group>
          <ActionDialog label={shared.approve} title={confirm} confirm={confirm} action={approve}>
            <Text>{texts.approveMatchText}</Text>
          </ActionDialog>
          <ReasonDialog
            label={shared.reject}
            confirm={shared.reject}
            title={texts.rejectMatch}
            hint={shared.makerReads}
            button={{ variant: 'default' }}
            done={texts.matchRejected}
            send={(reason, headers) =>
              client.POST('/v1/bank-report-lines/{id}/match/reject', { params: { path }, headers, body: { reason } })
            }
          />
        </Group>
      )}
    </Section>
  );
}
