/** Names of the cookies that carry a session's token. */
export const SESSION_COOKIE = 'yinke_session';
export const MERCHANT_COOKIE = 'yinke_merchant';

/** The Set-Cookie value of a session token (base64url, so nothing to escape); a past `expires` takes the cookie away. */
export function sessionCookie(token: string, expires: Date, publicUrl: string | null, name = SESSION_COOKIE): string {
  const secure = publicUrl?.startsWith('https:') ? '; Secure' : '';
  return `${name}=${token}; Path=/; Expires=${expires.toUTCString()}${secure}; HttpOnly; SameSite=Strict`;
}

/** The session token in a Cookie header, if any. */
export function readSessionCookie(header: string | undefined, name = SESSION_COOKIE): string | undefined {
  return header === undefined
    ? undefined
    : new RegExp(`(?:^|;)\\s*${name}=([A-Za-z0-9_-]+)\\s*(?:;|$)`).exec(header)?.[1];
}
