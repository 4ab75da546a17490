/** What banks write where they have no reference to give. */
const PLACEHOLDERS = /^(NON ?REF|NO ?REF|NOT ?PROVIDED|N\/?A|NULL|NONE|UNKNOWN|[-_./\s0]*)$/i;

/** Our payment references: 26 characters of Crockford's base 32, the end of an id in capitals. */
const OURS = '[0-7][0-9A-HJKMNP-TV-Z]{25}';
const IS_OURS = new RegExp(`^${OURS}$`);
const WORDS = new RegExp(`(?<![0-9A-Z])${OURS}(?![0-9A-Z])`, 'g');

/** A reference that names something; null for a placeholder. At most 35 characters, as ISO 20022 has it. */
export function realReference(text: string | undefined): string | null {
  const given = (text ?? '').trim();
  return PLACEHOLDERS.test(given) ? null : given.slice(0, 35);
}

/** The reference of a payment as a bank repeats it: ours also in small letters and behind `EREF+`. */
export function paymentReference(text: string | undefined): string | null {
  const given = realReference((text ?? '').trim().replace(/^EREF\+/i, ''));
  const capitals = given?.toUpperCase();
  return capitals !== undefined && IS_OURS.test(capitals) ? capitals : given;
}

/** Words of a free text that have the form of our references, each once. */
export function mentionedReferences(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => text.toUpperCase().match(WORDS) ?? []))];
}
