/** What was typed, as an e-mail address or a telephone number. */
export function contactOf(typed: string): { email: string } | { phone: string } {
  const contact = typed.trim();
  return contact.includes('@') ? { email: contact } : { phone: contact };
}
