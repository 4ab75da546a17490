/** The token of an approved application, as the registration page's link has it: `/portal/#app_…/token`. */
export function applicationToken(): string | null {
  const [, token] = /^#app_[a-z0-9]+\/([A-Za-z0-9._-]+)$/.exec(location.hash) ?? [];
  return token ?? null;
}

/** It has been used: nobody finds it in the address again. */
export function forgetApplicationToken(): void {
  history.replaceState(null, '', location.pathname + location.search);
}
