import type { INestApplicationContext } from '@nestjs/common';
import { merchantsAtTheDoor, staffAtTheDoor } from '../../demo/door.mjs';
import { CATALOGUE } from '../../demo/shop/catalogue.mjs';
import { shopHandler } from '../../demo/shop/handler.mjs';
import { TeaShop } from '../../demo/shop/shop.mjs';
import { Yinke } from '../../demo/shop/yinke.mjs';
import { emailOf } from '../../demo/people.mjs';
import { openSite } from '../../demo/site.mjs';
import { createStorefront, createWorld, PASSWORD, type TestStorefront, type World } from './actors.js';
import { startTestApp, type TestApp } from './test-app.js';
import { startTestWorker } from './worker.js';

/** A merchant whose shoppers save 10 % and who gets 10 % at once. */
export interface Seller {
  id: string;
  displayName: string;
  code: string;
  wechatId: string;
}

/** The demo's tea shop and its front page, before a real API and worker. */
export interface TeaShopWorld {
  app: TestApp;
  world: World;
  shop: TeaShop;
  yinke: Yinke;
  storefront: TestStorefront;
  seller: Seller;
  origin: string;
  /** What went wrong between the shop and Yinke. */
  troubles: unknown[];
  close(): Promise<void>;
}

export async function openTeaShop(): Promise<TeaShopWorld> {
  const embedded = { YINKE_EMBEDDED: '1' };
  const app = await startTestApp(embedded);
  const worker: INestApplicationContext = await startTestWorker(app, embedded);
  const world = await createWorld(app);
  const site = await openSite();
  const { origin } = site;
  const storefront = await createStorefront(app, world.admin, { homeUrl: `${origin}/shop/`, origins: [origin] });
  const { secretKey, publishableKey } = storefront;
  const seller = await addSeller(world);

  const troubles: unknown[] = [];
  const yinke = new Yinke({ url: app.baseUrl, secretKey });
  const onError = (error: unknown): void => void troubles.push(error);
  const shop = new TeaShop({ yinke, currency: 'CNY', products: CATALOGUE, onError });
  const pageAccess = { url: app.baseUrl, publishableKey, codeParameter: 'm' };
  const reviewer = { email: 'at.the.door@yinke.test', password: PASSWORD };
  await world.admin.post('/v1/staff', { ...reviewer, roles: ['reviewer'] });
  site.show({
    service: app.baseUrl,
    people: [...merchantsAtTheDoor(app.baseUrl, [seller]), ...staffAtTheDoor(app.baseUrl, { reviewer })],
    bankReport: null,
    shop: shopHandler({ shop, yinke, pageAccess, origin, path: '/shop/api', guests: [seller] }),
  });
  const close = async (): Promise<void> => {
    shop.stop();
    await site.close();
    await worker.close();
    await app.close();
  };
  return { app, world, shop, yinke, storefront, seller, origin, troubles, close };
}

async function addSeller({ pk, reviewer, admin }: World): Promise<Seller> {
  const named = { wechatId: 'li_wei_tea', displayName: '李薇' };
  const applicant = { ...named, email: emailOf(named), consent: true };
  const { body: application } = await pk.post('/v1/merchant-applications', applicant);
  const { body } = await reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  const always = { scope: {}, validFrom: '2020-01-01T00:00:00Z' };
  await admin.post('/v1/price-rules', { ...always, kind: 'percent-off', rateBps: 1_000 });
  const grants = [{ asset: 'CNY', kind: 'percent', rateBps: 1_000 }];
  await admin.post('/v1/reward-rules', { ...always, posting: 'direct', grants });
  return { ...named, id: body.merchant.id, code: body.merchant.code };
}
