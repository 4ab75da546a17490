import type { Schema } from '../../../api/client.js';

interface Bridge {
  invoke(name: string, given: Record<string, string>, done: (answer: { err_msg: string }) => void): void;
}

/** Put into every page by WeChat's own browser, soon after it has loaded. */
const page = window as { WeixinJSBridge?: Bridge };

async function bridge(): Promise<Bridge> {
  if (!page.WeixinJSBridge)
    await new Promise((ready) => document.addEventListener('WeixinJSBridgeReady', ready, { once: true }));
  return page.WeixinJSBridge!;
}

/** Has WeChat ask the payee to agree to a transfer. Whether it came to that; not whether it has been paid. */
export async function confirmTransfer({
  mchId,
  appId,
  packageInfo,
}: Schema<'TransferConfirmationDto'>): Promise<boolean> {
  const wechat = await bridge();
  return new Promise((done) =>
    wechat.invoke('requestMerchantTransfer', { mchId, appId, package: packageInfo }, ({ err_msg: message }) =>
      done(message === 'requestMerchantTransfer:ok'),
    ),
  );
}
