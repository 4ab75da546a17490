import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Reads the tokens of before they were packed, until the last of them has ended: a JWS (RFC 7515), always HS256, whose
 * `aud` is the kind. Null for what is none, or is another storefront's.
 */
export function oldTokenReader(
  kind: string,
  keys: readonly { secret: Buffer }[],
): (token: string, audience: string) => unknown {
  return (token, audience) => {
    const [header = '', payload = '', signature = '', ...rest] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    if (rest.length > 0 || given.length !== 32 || given.toString('base64url') !== signature) return null;
    const signed = keys.some(({ secret }) =>
      timingSafeEqual(createHmac('sha256', secret).update(`${header}.${payload}`).digest(), given),
    );
    if (!signed) return null;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { aud: string; storefrontId?: string };
    return claims.aud === kind && (claims.storefrontId ?? '') === audience ? claims : null;
  };
}
