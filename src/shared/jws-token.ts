import { createDecoder, createVerifier, TokenError } from 'fast-jwt';
import type { TokenKey } from './signed-token.js';

const header = createDecoder({ complete: true });

/**
 * A reader of the tokens that Yinke issued before they were packed: a JWS (RFC 7515, HS256) whose `aud` is the kind.
 * It answers undefined for anything else. The last of them ends three years after the last release that issued them.
 */
export function jwsReader(kind: string, keys: readonly TokenKey[]): (token: string) => unknown {
  const verifiers = new Map(
    keys.map(({ id, secret }) => [
      id,
      createVerifier({ key: secret, algorithms: ['HS256'], allowedAud: kind, ignoreExpiration: true }),
    ]),
  );
  return (token) => {
    try {
      const { kid = '' } = (header(token) as { header: { kid?: string } }).header;
      return verifiers.get(kid)?.(token) as unknown;
    } catch (error) {
      if (error instanceof TokenError || error instanceof TypeError || error instanceof SyntaxError) return undefined;
      throw error;
    }
  };
}
