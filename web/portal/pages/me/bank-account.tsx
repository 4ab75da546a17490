import { useNavigate } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { problemText } from '../../../ui/problem.js';
import { useAction } from '../../parts/action.js';
import { NotYet } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { BankField } from './bank-field.js';
import { useBankForm } from './bank-form.js';
import { FreshCode, useFreshCode } from './fresh-code.js';

const FIRST_COUNTRY = 'CN';

/** Another bank account: with a fresh code, and in force after a review. */
export default function BankAccount() {
  const words = useWords();
  const texts = words.pages.me;
  const { query, form } = useBankForm();
  const { needed, contacts } = useFreshCode();
  const params = useMine();
  const navigate = useNavigate();
  const [values, setValues] = useState<Record<string, string>>({ country: FIRST_COUNTRY });
  const [code, setCode] = useState('');
  const { pending, error, run } = useAction(
    (headers) =>
      client.POST('/v1/merchants/{id}/bank-account-changes', { params, headers, body: bodyOf(values, needed && code) }),
    () => void navigate({ to: '/me' }),
  );
  const faults = error === null ? undefined : problemText(error, words).fields;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!pending) void run();
  };
  return (
    <Page title={texts.changeBankAccount} text={texts.bankAccountText} from="/me">
      {!form && <NotYet query={query} rows={6} />}
      {form && (
        <form className="card stack" onSubmit={submit}>
          {Object.entries(form.properties).map(([name, field]) => (
            <BankField
              key={name}
              field={field}
              required={form.required.includes(name)}
              fault={faults?.get(`/${name}`)}
              value={values[name] ?? ''}
              onValue={(value) => setValues({ ...values, [name]: value })}
            />
          ))}
          {needed && <FreshCode contacts={contacts} code={code} onCode={setCode} />}
          {error !== null && <ProblemNotice error={error} />}
          <button type="submit" className="primary" disabled={pending}>
            {texts.file}
          </button>
        </form>
      )}
    </Page>
  );
}

/** What was filled in; what was left empty is left out. */
function bodyOf({ bankConsent, ...texts }: Record<string, string>, code: string | false): Schema<'FileBankAccountDto'> {
  const filled = Object.fromEntries(Object.entries(texts).filter(([, value]) => value.trim() !== ''));
  return { ...filled, bankConsent: bankConsent === 'yes', ...(code && { code }) } as Schema<'FileBankAccountDto'>;
}
