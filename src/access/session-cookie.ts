/** Names of the cookies that carry a session's token. */
export const SESSION_COOKIE = 'yinke_session';
export const MERCHANT_COOKIE = 'yinke_merchant';

/** What a browser clears when somebody signs out. What pages keep in its storage they take away themselves, also without a network. */
export const CLEARED_AT_SIGN_OUT = '"cache"';

/**
 * The Set-Cookie value of a session token (base64url, so nothing to escape); a past `expires` takes the cookie away. With https its name has the
 * prefix `__Host-`: no other host, and no page without https, can set one.
 */
export function sessionCookie(
  token: string,
  expires: Date,
  publicUrl: string | null,
  { name = SESSION_COOKIE, sameSite = 'Strict' }: { name?: string; sameSite?: 'Strict' | 'Lax' } = {},
): string {
  const secure = isHttps(publicUrl) ? '; Secure' : '';
  const said = `${cookieName(name, publicUrl)}=${token}; Path=/; Expires=${expires.toUTCString()}`;
  return `${said}${secure}; HttpOnly; SameSite=${sameSite}`;
}

/** The session token in a Cookie header, if any. */
export function readSessionCookie(
  header: string | undefined,
  publicUrl: string | null,
  name = SESSION_COOKIE,
): string | undefined {
  return header === undefined
    ? undefined
    : new RegExp(`(?:^|;)\\s*${cookieName(name, publicUrl)}=([A-Za-z0-9_-]+)\\s*(?:;|$)`).exec(header)?.[1];
}

function cookieName(name: string, publicUrl: string | null): string {
  return isHttps(publicUrl) ? `__Host-${name}` : name;
}

function isHttps(publicUrl: string | null): boolean {
  return publicUrl?.startsWith('https:') ?? false;
}
