import type { Schema } from '../../../api/client.js';
import { amount, count, moment } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Note } from '../../parts/note.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';

type Batch = Schema<'PayoutBatchDto'>;

/** What was not sent of the batch, what it waits for, and who can do it; why the person at the console cannot. */
export function BatchNotes({ batch }: { batch: Batch }) {
  return (
    <>
      <TakenOut batch={batch} />
      <WaitsFor batch={batch} />
    </>
  );
}

function TakenOut({ batch: { takenOutCount, takenOutAmount, currency } }: { batch: Batch }) {
  const { payouts: texts } = useWords().pages;
  const { language } = useLanguage();
  if (takenOutCount === 0) return null;
  return (
    <Note acts title={texts.takenOut(count(takenOutCount, language))}>
      {texts.takenOutText(amount(takenOutAmount, currency, language))}
    </Note>
  );
}

function WaitsFor({ batch }: { batch: Batch }) {
  const { payouts: texts } = useWords().pages;
  const { language } = useLanguage();
  const me = useMe();
  const isChecker = useMay('finance-checker');
  const isMaker = useMay('finance-maker');
  if (batch.paused)
    return (
      <Note acts title={texts.paused}>
        {texts.pausedSince(batch.paused.reason, moment(batch.paused.triedAgainAt, language))}
      </Note>
    );
  if (batch.state === 'draft') {
    if (!isMaker) return <Note>{texts.stillDraft}</Note>;
    return batch.payoutCount === 0 && <Note>{texts.emptyDraft}</Note>;
  }
  if (batch.state === 'awaiting-approval') {
    const hindrance = hindranceOf(batch, me.id);
    if (isChecker && hindrance) return <Note title={texts.notYou}>{texts[hindrance]}</Note>;
    return !isChecker && <Note>{batch.firstApprovedBy ? texts.waitsForSecond : texts.waitsForChecker}</Note>;
  }
  return batch.state === 'approved' && !isMaker && <Note>{texts.waitsForMaker}</Note>;
}

/** Why this person cannot approve the batch; null: they can. */
export function hindranceOf(batch: Batch, person: string): 'notYouMade' | 'notYouFirst' | null {
  if (batch.madeBy === person || batch.requestedBy === person) return 'notYouMade';
  return batch.firstApprovedBy === person ? 'notYouFirst' : null;
}
