import { Link, Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { forgetLastKnown } from './last-known.js';
import { AsOf } from './parts/as-of.js';
import { Icon, type IconName } from './parts/icons.js';
import { Page } from './parts/page.js';
import { ProblemNotice } from './parts/problem-notice.js';
import { useSession } from './session.js';
import { SignIn } from './sign-in/sign-in.js';
import { useWords } from './words.js';

const TABS: readonly { to: string; name: IconName }[] = [
  { to: '/', name: 'home' },
  { to: '/orders', name: 'orders' },
  { to: '/share', name: 'share' },
  { to: '/payouts', name: 'payouts' },
  { to: '/me', name: 'me' },
];

/** The frame of every page. When the session ends, what is open stays below the sign-in, with all that was typed. */
export function Shell() {
  const { session, ended, error, refetch } = useSession();
  useEffect(() => {
    if (ended) forgetLastKnown();
  }, [ended]);
  if (!session && !ended)
    return error ? (
      <main className="alone">
        <ProblemNotice error={error} retry={() => void refetch()} />
      </main>
    ) : null;
  return (
    <>
      {session && <Frame key={session.merchant.id} hidden={ended} />}
      {ended && <SignIn again={session !== undefined} />}
    </>
  );
}

function Frame({ hidden }: { hidden: boolean }) {
  const words = useWords();
  return (
    <div className="frame" hidden={hidden}>
      <a href="#content" className="skip no-print">
        {words.skip}
      </a>
      <nav className="tabs no-print" aria-label={words.menu}>
        <strong className="product">{words.product}</strong>
        {TABS.map(({ to, name }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
            <Icon name={name} />
            {words.tabs[name]}
          </Link>
        ))}
      </nav>
      <main id="content" tabIndex={-1}>
        <AsOf />
        <Outlet />
      </main>
    </div>
  );
}

export function NotFound() {
  const words = useWords();
  return (
    <Page title={words.notFound.title}>
      <Link to="/" className="button">
        {words.notFound.home}
      </Link>
    </Page>
  );
}
