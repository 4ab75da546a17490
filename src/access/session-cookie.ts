/** Name of the cookie that carries a session's token. */
export const SESSION_COOKIE = 'yinke_session';
const PAIR = new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([A-Za-z0-9_-]+)\\s*(?:;|$)`);

/** The Set-Cookie value of a session token (base64url, so nothing to escape); a past `expires` takes the cookie away. */
export function sessionCookie(token: string, expires: Date, publicUrl: string | null): string {
  const secure = publicUrl?.startsWith('https:') ? '; Secure' : '';
  return `${SESSION_COOKIE}=${token}; Path=/; Expires=${expires.toUTCString()}${secure}; HttpOnly; SameSite=Strict`;
}

/** The session token in a Cookie header, if any. */
export function readSessionCookie(header: string | undefined): string | undefined {
  return header === undefined ? undefined : PAIR.exec(header)?.[1];
}
