import { createHash, randomBytes } from 'node:crypto';

/** What a bearer secret begins with, so that a leaked one is recognised for what it is. */
export const SECRET_PREFIXES = {
  secret: 'sk_',
  publishable: 'pk_',
  session: 'yks_',
  invitation: 'yki_',
  merchantSession: 'ykm_',
  widget: 'ykw_',
} as const;
export type SecretKind = keyof typeof SECRET_PREFIXES;

/** A new secret of 256 random bits. Shown once; only its {@link hashSecret} is kept. */
export function newSecret(kind: SecretKind): string {
  return SECRET_PREFIXES[kind] + randomBytes(32).toString('base64url');
}

/** SHA-256 in hex. Enough for secrets that cannot be guessed; passwords take argon2id. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Which kind of secret a bearer value is, by its prefix; undefined when it is none of ours (a token of another module). */
export function secretKind(bearer: string): SecretKind | undefined {
  for (const kind of Object.keys(SECRET_PREFIXES) as SecretKind[]) {
    if (bearer.startsWith(SECRET_PREFIXES[kind])) return kind;
  }
  return undefined;
}
