// @ts-check
/** Merchants in every state, their accounts, points, coupons, holds and corrections. */

/** @typedef {import('./garden.mjs').Garden} Garden */

const WANTED = 8;
const TEMPLATE = 'HOSTILE';
const LINES = [{ sku: 'tea-250', category: 'drinks', quantity: 2, unitPrice: 4950, lineTotal: 9900 }];

/** @param {Garden} garden */
export async function growMoney(garden) {
  const { currency } = garden;
  const reason = 'Asked for by the merchant.';
  const rich = await garden.merchant();
  await garden.pay(rich.id, 100_000);
  await garden.pay(rich.id, 100_000, 'POINTS');
  const path = { id: rich.id };

  garden.stock.items.delete('proposeAdjustment');
  garden.stock.give('proposeAdjustment', { path, json: { asset: currency, amount: 990, reason } }, Infinity);
  const proposed = async () => ({
    path: { id: (await garden.do('proposeAdjustment', { path, json: { asset: currency, amount: 1, reason } })).id },
  });
  await garden.fill('approveAdjustment', WANTED, proposed);
  await garden.fill('rejectAdjustment', WANTED, proposed);

  await garden.fill(
    'redeemBalance',
    WANTED,
    async () =>
      ({ name }) => ({
        path,
        json: { redemptionId: name, asset: 'POINTS', amount: 10 },
      }),
    20,
  );
  await garden.fill('reverseRedemption', WANTED, async () => {
    const redemptionId = garden.name();
    await garden.do('redeemBalance', { path, json: { redemptionId, asset: 'POINTS', amount: 10 } });
    return { path: { ...path, redemptionId }, json: { reason } };
  });

  const hold = { merchant: rich.id, asset: currency, amount: 10, reason: 'Many orders from one address.' };
  await garden.fill('openHold', WANTED, async () => ({ json: hold }), 20);
  for (const id of ['releaseHold', 'voidHold'])
    await garden.fill(id, WANTED, async () => ({
      path: { id: (await garden.do('openHold', { json: hold })).id },
      json: { reason },
    }));
}

/** @param {Garden} garden */
export async function growCoupons(garden) {
  const { currency, stock } = garden;
  const worth = { kind: 'percent-off', currency, rateBps: 1000, maxAmount: 2000, minimumSpend: 5000, validDays: 30 };
  await garden.fill('endCouponTemplate', 4, async () => {
    const name = garden.name();
    await garden.do('createCouponTemplate', { json: { ...worth, name, title: '10 % off tea' } });
    return { path: { name } };
  });
  if (!garden.kept.has(TEMPLATE)) {
    await garden.do('createCouponTemplate', { json: { ...worth, name: TEMPLATE, title: '10 % off tea' } });
    stock.give('readCouponTemplate', { path: { name: TEMPLATE } }, Infinity);
  }
  garden.kept.set(TEMPLATE, true);

  const ids = ['quoteCoupon', 'reserveCoupon', 'redeemCoupon', 'releaseCoupon', 'revokeCoupon'];
  const missing = ids.map((id) => Math.max(0, WANTED - stock.count(id)));
  const all = missing.reduce((sum, one) => sum + one, 0);
  if (all === 0) return;
  const { id: merchant } = await garden.merchant();
  await garden.pay(merchant, all, `COUPON:${TEMPLATE}`);
  const { items } = await garden.do('listCoupons', {
    caller: 'secret key',
    path: { id: merchant },
    query: [['limit', '100']],
  });
  for (const [at, id] of ids.entries()) {
    for (const { id: couponId, code } of items.splice(0, missing[at])) {
      const reserving = { currency, orderId: garden.name(), lines: LINES };
      if (id === 'redeemCoupon' || id === 'releaseCoupon')
        await garden.do('reserveCoupon', { path: { code }, json: reserving });
      if (id === 'revokeCoupon')
        stock.give(id, { path: { id: merchant, couponId }, json: { reason: 'Given by mistake.' } });
      else if (id === 'quoteCoupon') stock.give(id, { path: { code }, json: { currency, lines: LINES } }, 20);
      else
        stock.give(id, { path: { code }, json: id === 'reserveCoupon' ? reserving : { orderId: reserving.orderId } });
    }
  }
}

/** @param {Garden} garden */
export async function growMerchants(garden) {
  const reason = 'Asked for by the merchant.';
  const account = {
    holder: '李华',
    number: '6214830100000000',
    bankName: '招商银行',
    country: 'CN',
    bankConsent: true,
  };
  const applied = async () => {
    const wechatId = garden.name().replace(/-/g, '_');
    const json = { wechatId, displayName: '李华', consent: true };
    return String((await garden.do('submitApplication', { caller: 'publishable key', json })).id);
  };
  await garden.fill('approveApplication', WANTED, async () => ({ path: { id: await applied() }, json: {} }));
  await garden.fill('rejectApplication', WANTED, async () => ({ path: { id: await applied() }, json: { reason } }));
  await garden.fill('eraseApplicant', WANTED, async () => {
    const id = await applied();
    await garden.do('rejectApplication', { path: { id }, json: { reason } });
    return { path: { id } };
  });
  await garden.fill('eraseMerchant', WANTED, async () => {
    const { id } = await garden.merchant();
    await garden.do('closeMerchant', { path: { id }, json: { reason } });
    return { caller: 'admin', path: { id }, json: {} };
  });
  await garden.fill('setMerchantContact', WANTED, async () => {
    const { id } = await garden.merchant({ email: false });
    return ({ name }) => ({ path: { id }, json: { email: `${name}@garden.example` } });
  });
  await garden.fill('fileBankAccountChange', WANTED, async () => ({
    caller: 'admin',
    path: { id: (await garden.merchant()).id },
    json: account,
  }));
  for (const id of ['approveBankAccountChange', 'rejectBankAccountChange'])
    await garden.fill(id, WANTED, async () => {
      const merchant = await garden.merchant();
      const { id: change } = await garden.do('fileBankAccountChange', {
        caller: 'admin',
        path: { id: merchant.id },
        json: account,
      });
      return { path: { id: merchant.id, change }, ...(id.startsWith('reject') && { json: { reason } }) };
    });
}
