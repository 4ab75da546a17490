import { Grid } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { Person } from '../../parts/person.js';
import { useWords } from '../../words.js';
import { Outcomes } from './outcomes.js';
import { useFeeText } from './terms.js';

/** What a batch is, and who did what with it. */
export function BatchFacts({ batch }: { batch: Schema<'PayoutBatchDto'> }) {
  const words = useWords();
  const { payouts: texts, shared } = words.pages;
  const { language } = useLanguage();
  const feeText = useFeeText();
  const money = (minor: number) => <Amount minor={minor} asset={batch.currency} />;
  const done = (by: string | null, at: string | null) =>
    by !== null &&
    at !== null && (
      <>
        <Person id={by} /> · <Moment at={at} />
      </>
    );
  const format = batch.fileFormat && words.states.fileFormat[batch.fileFormat][0];
  return (
    <Grid className="two-facts">
      <Grid.Col span={{ base: 12, sm: 6 }}>
        <Facts
          items={[
            [shared.state, <State key="state" of="batch" is={batch.state} />],
            [texts.total, money(batch.total)],
            [texts.fees, batch.fees > 0 && money(batch.fees)],
            [texts.controlSum, batch.controlSum !== batch.total && money(batch.controlSum)],
            [texts.rail, [words.states.rail[batch.rail][0], format].filter(Boolean).join(' · ')],
            [texts.least, money(batch.minAmount)],
            [texts.fee, batch.policy?.fee && feeText(batch.policy.fee, batch.currency)],
            [texts.executionDate, batch.executionDate && calendarDay(batch.executionDate, language)],
            [texts.outcome, batch.submittedAt !== null && <Outcomes batch={batch} />],
          ]}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, sm: 6 }}>
        <Facts
          items={[
            [texts.madeBy, done(batch.madeBy, batch.madeAt)],
            [texts.requestedBy, done(batch.requestedBy, batch.requestedAt)],
            [texts.firstApprovedBy, done(batch.firstApprovedBy, batch.firstApprovedAt)],
            [texts.approvedBy, done(batch.approvedBy, batch.approvedAt)],
            [texts.submittedBy, done(batch.submittedBy, batch.submittedAt)],
            [texts.endedBy, done(batch.endedBy, batch.endedAt)],
            [texts.endReason, batch.endReason],
            [texts.id, <span key="id">{batch.id}</span>],
          ]}
        />
      </Grid.Col>
    </Grid>
  );
}
