import { useState } from 'react';
import { LanguageButton } from '../parts/language-button.js';
import { useWords } from '../words.js';
import { applicationToken } from './application-token.js';
import { FirstSignIn } from './first-sign-in.js';
import { SignInByCode } from './sign-in-by-code.js';
import { SignInWithWechat } from './sign-in-with-wechat.js';

/** The page of who is not signed in; `again`: of who was, until just now. */
export function SignIn({ again }: { again: boolean }) {
  const words = useWords();
  const [token, setToken] = useState(applicationToken);
  return (
    <main className="alone stack">
      <div className="row">
        <strong className="product">{words.product}</strong>
        <LanguageButton />
      </div>
      <h1>{words.signInForm.title}</h1>
      {again && <p className="notice">{words.signInForm.ended}</p>}
      {token === null && <SignInWithWechat />}
      {token === null ? <SignInByCode /> : <FirstSignIn token={token} byCode={() => setToken(null)} />}
      <p className="quiet">
        {words.signInForm.notYet} <a href="/join">{words.signInForm.join}</a>
      </p>
    </main>
  );
}
