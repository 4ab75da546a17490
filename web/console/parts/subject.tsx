import { Code } from '@mantine/core';
import { PageLink } from './page-link.js';
import { Person } from './person.js';

/** Where the things of the API have a page, by how their ids begin. */
const PAGES: Readonly<Record<string, string | undefined>> = {
  mer: '/merchants',
  rwd: '/rewards',
  jnl: '/journals',
  pba: '/payouts',
  pay: '/reconciliation/payouts',
  bkr: '/bank-reports',
  hld: '/holds',
};

/** The id of something, leading to its page where it has one; a colleague by name. */
export function Subject({ id }: { id: string }) {
  if (id.startsWith('stf_')) return <Person id={id} />;
  const page = PAGES[id.slice(0, 3)];
  if (page === undefined) return <Code>{id}</Code>;
  return (
    <PageLink to={`${page}/${id}`}>
      <Code>{id}</Code>
    </PageLink>
  );
}
