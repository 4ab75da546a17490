/** What WeChat put into the address: used once, and not to be found there again. */
export interface WayBack {
  code: string;
  state: string;
}

/** Pages that WeChat sends people back to, and where the portal goes on from each. */
const PAGES = { 'sign-in': '/portal/', link: '/portal/me' };

function arrived(): { errand: keyof typeof PAGES; with: WayBack } | null {
  const errand = /^\/portal\/wechat\/(sign-in|link)$/.exec(location.pathname)?.[1] as keyof typeof PAGES | undefined;
  if (errand === undefined) return null;
  const given = new URLSearchParams(location.search);
  history.replaceState(null, '', PAGES[errand]);
  return { errand, with: { code: given.get('code') ?? '', state: given.get('state') ?? '' } };
}

let waiting = arrived();

/** What somebody came back from WeChat with, for this; null when nobody did, or it was taken before. */
export function takeWayBack(errand: keyof typeof PAGES): WayBack | null {
  if (waiting?.errand !== errand) return null;
  const given = waiting.with;
  waiting = null;
  return given;
}
