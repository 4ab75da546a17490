import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { Page } from '../../parts/page.js';
import { useWords } from '../../words.js';
import { ScheduleForm } from './schedule-form.js';

/** A new schedule that drafts batches. */
export default function NewSchedule() {
  const texts = useWords().pages.payoutTerms;
  const navigate = useNavigate();
  const terms = useRef<Schema<'PutPayoutScheduleDto'>>(null);
  const action = useAction(
    (headers) => client.POST('/v1/payout-schedules', { headers, body: terms.current! }),
    ({ id }) => {
      void navigate({ to: `/payout-schedules/${id}` });
      return texts.scheduleSaved;
    },
  );
  return (
    <Page title={texts.newScheduleTitle}>
      <ScheduleForm
        pending={action.pending}
        error={action.error}
        onSave={(chosen) => {
          terms.current = chosen;
          void action.run();
        }}
      />
    </Page>
  );
}
