import { useNavigate } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { client } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { CodeField, isCode } from '../../parts/code-field.js';
import { Field } from '../../parts/field.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { SendAgain } from '../../parts/send-again.js';
import { useMine } from '../../session.js';
import { contactOf } from '../../sign-in/contact.js';
import { useWords } from '../../words.js';
import { FreshCode, useFreshCode } from './fresh-code.js';

/** Another e-mail address or telephone: proved by a code that is sent there. */
export default function Contact() {
  const words = useWords();
  const texts = words.pages.me;
  const params = useMine();
  const [contact, setContact] = useState('');
  const [sent, setSent] = useState(false);
  const { pending, error, run } = useAction(
    () => client.POST('/v1/merchants/{id}/contact-codes', { params, body: contactOf(contact) }),
    () => setSent(true),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!pending) void run();
  };
  return (
    <Page title={texts.changeContact} text={texts.contactText} from="/me">
      {sent ? (
        <Prove contact={contact} />
      ) : (
        <form className="card stack" onSubmit={submit}>
          <Field label={texts.newContact} required autoCapitalize="none" value={contact} onValue={setContact} />
          {error !== null && <ProblemNotice error={error} />}
          <button type="submit" className="primary" disabled={pending}>
            {words.code.send}
          </button>
        </form>
      )}
    </Page>
  );
}

/** Takes the code that was sent to the new contact and, where it is needed, one that was sent to the contact so far. */
function Prove({ contact }: { contact: string }) {
  const words = useWords();
  const texts = words.pages.me;
  const params = useMine();
  const navigate = useNavigate();
  const { needed, contacts } = useFreshCode();
  const [code, setCode] = useState('');
  const [confirmation, setConfirmation] = useState('');
  const { pending, error, run } = useAction(
    () =>
      client.PUT('/v1/merchants/{id}/contact', {
        params,
        body: { ...contactOf(contact), code, ...(needed && confirmation && { confirmation }) },
      }),
    () => void navigate({ to: '/me' }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!pending) void run();
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <p role="status">{texts.contactSent(contact.trim())}</p>
      <CodeField value={code} onValue={setCode} autoFocus />
      <SendAgain send={() => client.POST('/v1/merchants/{id}/contact-codes', { params, body: contactOf(contact) })} />
      {needed && <FreshCode contacts={contacts} code={confirmation} onCode={setConfirmation} />}
      {error !== null && <ProblemNotice error={error} />}
      <button type="submit" className="primary" disabled={pending || !isCode(code)}>
        {words.save}
      </button>
    </form>
  );
}
