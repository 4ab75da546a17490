/** What all spellings of an e-mail address have in common: by it accounts are found, and tries are counted. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}
