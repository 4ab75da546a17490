import type { INestApplicationContext } from '@nestjs/common';
import { addMerchant, openShop, orderBody, type Shop } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;

/** No sweep comes to help within the time of a test. */
const NO_SWEEP = { YINKE_SWEEP_SECONDS: '3600' };

beforeAll(async () => {
  shop = await openShop(NO_SWEEP);
  worker = await startTestWorker(shop.testApp, NO_SWEEP);
});
afterAll(async () => {
  await worker.close();
  await shop.testApp.close();
});

describe('the queue', () => {
  it('brings a completed order to the worker without a sweep', async () => {
    const merchant = await addMerchant(shop, 'woken_by_queue');
    // Let the sweep that every worker does as it starts go by.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
    for (let i = 0; i < 3; i += 1) {
      const order = orderBody({ visit: visit.visit });
      await shop.sk.post('/v1/orders', order);
      await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: 1000 });
    }
    await settled(shop.testApp);
    expect(await shop.db.query('SELECT state, COUNT(*) n FROM order_event GROUP BY state')).toEqual([
      { state: 'posted', n: '3' },
    ]);
  });
});
