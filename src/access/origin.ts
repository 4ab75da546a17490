/** Whether `text` is a bare web origin as browsers send it: `https://shop.example`, without path, in lower case. */
export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === text;
}

/** Where a request says that it comes from. */
export interface RequestOrigin {
  origin?: string | undefined;
  host?: string | undefined;
}

/**
 * Whether a browser sent the request from one of our own pages. `publicUrl` is where people see us; without it the
 * request's own Host has to do, which a page of another site cannot forge either.
 */
export function isOwnOrigin({ origin, host }: RequestOrigin, publicUrl: string | null): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (publicUrl !== null) return new URL(publicUrl).origin === origin;
  return host !== undefined && new URL(origin).host === host.toLowerCase();
}
