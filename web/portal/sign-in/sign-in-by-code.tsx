import { useState, type SubmitEvent } from 'react';
import { api, client } from '../../api/client.js';
import { problemText } from '../../ui/problem.js';
import { useLanguage } from '../../ui/language.js';
import { useAction } from '../parts/action.js';
import { Field } from '../parts/field.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { useWords } from '../words.js';
import { contactOf } from './contact.js';
import { EnterCode } from './enter-code.js';

/** Asks where to send a code, and then for the code. Whether the contact is a merchant's is not told. */
export function SignInByCode() {
  const [contact, setContact] = useState('');
  const [sent, setSent] = useState(false);
  return sent ? (
    <EnterCode contact={contact} change={() => setSent(false)} />
  ) : (
    <AskForCode contact={contact} onContact={setContact} sent={() => setSent(true)} />
  );
}

interface Props {
  contact: string;
  onContact: (contact: string) => void;
  sent: () => void;
}

function AskForCode({ contact, onContact, sent }: Props) {
  const words = useWords();
  const { language } = useLanguage();
  const { data: methods } = api.useQuery('get', '/v1/merchants/sign-in-methods', {}, { staleTime: Infinity });
  const by = methods?.email === false ? 'phone' : methods?.phone === false ? 'email' : 'either';
  const { pending, error, run } = useAction(
    () => client.POST('/v1/merchants/sign-in-codes', { body: { ...contactOf(contact), language } }),
    sent,
  );
  const faults = error === null ? undefined : problemText(error, words).fields;
  const wrong = faults?.has('/email') || faults?.has('/phone');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Field
        label={words.signInForm.contact[by]}
        hint={words.signInForm.contactHint}
        fault={wrong ? words.signInForm.notAContact : undefined}
        type={by === 'phone' ? 'tel' : by === 'email' ? 'email' : 'text'}
        autoComplete={by === 'phone' ? 'tel' : by === 'email' ? 'email' : 'username'}
        autoCapitalize="none"
        required
        value={contact}
        onValue={onContact}
      />
      {error !== null && !wrong && <ProblemNotice error={error} />}
      <button type="submit" className="primary" disabled={pending}>
        {words.code.send}
      </button>
      <p className="fine">{words.signInForm.noContact}</p>
    </form>
  );
}
