import { ROLES, type Caller, type routesOf } from '../../access/index.js';

type Route = ReturnType<typeof routesOf>[number];

/** Every kind of caller, as the columns of the matrix: what it is called, and what of `@Allow` lets it in. */
export const CALLER_KINDS: Readonly<Record<string, readonly Caller[]>> = {
  nobody: [],
  'publishable key': ['publishable-key'],
  'secret key': ['secret-key'],
  applicant: [],
  widget: ['widget'],
  merchant: ['merchant'],
  ...Object.fromEntries(ROLES.map((role) => [role, [role, 'staff'] as const])),
};

/** What a caller is told at a route: let in, let in to what is their own, or refused. */
export type Verdict = 'yes' | 'own' | '401' | '403';

/** Whether the route itself looks whose application it is, as it does where there is no guard for that. */
const looksItself = (callers: readonly Caller[]) => callers.includes('applicant');

/** What a kind of caller is told at a route. */
export function verdictOf({ callers, path }: Pick<Route, 'callers' | 'path'>, kind: string): Verdict {
  if (callers.includes('anyone')) return 'yes';
  if ((CALLER_KINDS[kind] ?? []).some((caller) => callers.includes(caller)))
    return ['merchant', 'widget'].includes(kind) && (path.includes('/:id') || looksItself(callers)) ? 'own' : 'yes';
  if (kind === 'applicant') {
    if (looksItself(callers)) return 'own';
    // Told to sign in, where that would help.
    return callers.includes('merchant') ? '401' : '403';
  }
  // Who is no person has to show the token of the application.
  const isPerson = [...ROLES, 'merchant'].includes(kind);
  return kind === 'nobody' || (looksItself(callers) && !isPerson) ? '401' : '403';
}

/** docs/access-matrix.md. */
export function accessMatrix(routes: readonly Route[]): string {
  const kinds = Object.keys(CALLER_KINDS);
  const named = routes.map((route) => ({ route, name: `${route.method} ${route.path}` }));
  const rows = named
    .sort((a, b) => (a.route.path < b.route.path ? -1 : a.route.path > b.route.path ? 1 : a.name < b.name ? -1 : 1))
    .map(({ route, name }) => [`\`${name}\``, ...kinds.map((kind) => verdictOf(route, kind))]);
  const table = [['route', ...kinds], ['---', ...kinds.map(() => '---')], ...rows];
  return `# Who may call what

Every route of the service, and what each kind of caller is told there: \`yes\`, let in; \`own\`, let in to what is the caller's own and refused (403)
elsewhere; 401, nobody who is known to it; 403, known and refused. Being let in is not yet to succeed: a second person's consent, a state or a field may
refuse. A member of staff with several roles is let in where one of them is. Made by \`npm run access-matrix\` from the code, checked by
\`npm run check\`, and tried at each cell by \`test/e2e/access-matrix\`.

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
`;
}
