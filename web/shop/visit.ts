import { useEffect, useState } from 'react';
import { Entrance, shop, type ShopInfo, type Visit } from './api.js';
import { keep, kept } from './kept.js';

/** A shopper who is still there after this time is a new visit. */
const FRESH_MS = 30 * 60_000;

interface KeptVisit {
  at: number;
  visit: Visit;
}

function keepVisit(visit: Visit): void {
  keep('visit', { at: Date.now(), visit } satisfies KeptVisit);
}

/**
 * The shopper's visit: a new one when the address carries a code, when they are new, and every half hour. Yinke gets the
 * address as a whole and the visit before; it finds the code and decides who counts.
 */
async function enter(entrance: Entrance, { yinke: { codeParameter } }: ShopInfo): Promise<Visit> {
  const before = kept('visit') as KeptVisit | null;
  const carriesCode = `${location.search}${location.hash}`.includes(`${codeParameter}=`);
  if (before && !carriesCode && Date.now() - before.at < FRESH_MS) return before.visit;
  const visit = await entrance.open(location.href, before?.visit.visit ?? null);
  keepVisit(visit);
  return visit;
}

/** Starts anew: for people who look round as somebody else. */
export function forgetShopper(): void {
  for (const name of ['visit', 'basket', 'order']) keep(name, null);
}

/** The shop, and who brought the shopper; a visit of null means that Yinke could not be asked, and list prices hold. */
export interface Entered {
  info: ShopInfo;
  visit: Visit | null;
  answer: (wechatId: string | null) => Promise<Visit>;
}

/** Enters the shop once. `failed`: the shop itself does not answer. */
export function useEntered(): { entered: Entered | null; failed: boolean } {
  const [state, setState] = useState<{ info: ShopInfo; entrance: Entrance; visit: Visit | null } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    async function come(): Promise<void> {
      const info = await shop.read();
      const entrance = new Entrance(info.yinke);
      // The shop goes on when Yinke does not answer.
      const visit = await enter(entrance, info).catch(() => null);
      setState({ info, entrance, visit });
    }
    come().catch(() => {
      setFailed(true);
    });
  }, []);
  if (!state) return { entered: null, failed };
  const { info, entrance, visit } = state;
  return {
    failed,
    entered: {
      info,
      visit,
      async answer(wechatId) {
        if (!visit) throw new Error('there is no visit to answer');
        const next = await entrance.answer(visit, wechatId);
        keepVisit(next);
        setState({ info, entrance, visit: next });
        return next;
      },
    },
  };
}
