import { useEffect } from 'react';
import { client } from '../../../api/client.js';
import { inWechat } from '../../parts/wechat.js';

/** How WeChat shows a link that is sent on from this page. */
interface ShareData {
  link: string;
  title: string;
  desc: string;
}

type Sdk = (typeof import('weixin-js-sdk'))['default'];

let sdk: Promise<Sdk | null> | undefined;

/** The address that WeChat checks: on iPhones the one under which the portal was opened, elsewhere the one that is open now. */
function checkedPage(): string {
  const [opened] = performance.getEntriesByType('navigation');
  const page = /iPhone|iPad/.test(navigator.userAgent) ? (opened?.name ?? location.href) : location.href;
  return page.split('#', 1).join('');
}

/** WeChat's JS-SDK, configured once for an opened page; null where it cannot be. */
async function configured(): Promise<Sdk | null> {
  const params = { query: { url: checkedPage() } };
  const { data, error } = await client.GET('/v1/wechat/share-signature', { params });
  const { default: wx } = await import('weixin-js-sdk');
  return new Promise((ready) => {
    const fail = (reason: unknown) => {
      console.warn('WeChat does not take how the link is to be shown.', reason);
      ready(null);
    };
    if (!data) {
      fail(error);
      return;
    }
    wx.error(fail);
    wx.ready(() => ready(wx));
    wx.config({ ...data, debug: false, jsApiList: ['updateAppMessageShareData', 'updateTimelineShareData'] });
  });
}

/** In WeChat, says how the link is shown to whom it is sent. Where that is not possible, WeChat shows the bare page. */
export function useShareData({ link, title, desc }: ShareData): void {
  useEffect(() => {
    if (!inWechat || !title) return;
    sdk ??= configured();
    void sdk.then((wx) => {
      const imgUrl = new URL('/portal/icon-192.png', location.origin).href;
      const shown = { title, link, imgUrl, success: () => undefined };
      wx?.updateAppMessageShareData({ ...shown, desc });
      wx?.updateTimelineShareData(shown);
    });
  }, [link, title, desc]);
}
