import { useState, type SubmitEvent } from 'react';
import { client, problemOf, type Schema } from '../../api/client.js';
import { useLanguage } from '../../ui/language.js';
import { useAction } from '../parts/action.js';
import { CodeField, isCode } from '../parts/code-field.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { SendAgain } from '../parts/send-again.js';
import { useWords } from '../words.js';
import { contactOf } from './contact.js';

type Merchant = Schema<'SignedInMerchantDto'>;

/** Takes the code, and where several merchants share the contact, asks which of them it is. */
export function EnterCode({ contact, change }: { contact: string; change: () => void }) {
  const words = useWords();
  const { language } = useLanguage();
  const [code, setCode] = useState('');
  const [sharing, setSharing] = useState<readonly Merchant[]>([]);
  const [chosen, setChosen] = useState<string>();
  const { pending, error, run } = useAction(async () => {
    const body = { ...contactOf(contact), code, language, ...(chosen && { merchant: chosen }) };
    const answer = await client.POST('/v1/merchants/sessions', { body });
    setSharing(merchantsOf(answer.error));
    return answer;
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!pending) void run();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p role="status">{words.signInForm.sent(contact.trim())}</p>
      <CodeField value={code} onValue={setCode} autoFocus />
      {sharing.length > 0 && (
        <fieldset>
          <legend>{words.signInForm.which}</legend>
          {sharing.map(({ id, code: merchantCode, displayName }) => (
            <label key={id} className="choice">
              <input type="radio" name="merchant" required value={id} onChange={() => setChosen(id)} />
              {displayName} <span className="quiet">{merchantCode}</span>
            </label>
          ))}
        </fieldset>
      )}
      {error !== null && sharing.length === 0 && <ProblemNotice error={error} />}
      <button type="submit" className="primary" disabled={pending || !isCode(code)}>
        {words.signIn}
      </button>
      <div className="row">
        <SendAgain
          send={() => client.POST('/v1/merchants/sign-in-codes', { body: { ...contactOf(contact), language } })}
        />
        <button type="button" className="plain" onClick={change}>
          {words.signInForm.change}
        </button>
      </div>
    </form>
  );
}

function merchantsOf(error: unknown): readonly Merchant[] {
  if (error === undefined || problemOf(error).code !== 'sign-in.choose-merchant') return [];
  return (error as { merchants?: readonly Merchant[] }).merchants ?? [];
}
