// @ts-check
/** Rules to change, schedules, keys of shops, merchants who were stopped, and what is asked about prices. */

/** @typedef {import('./garden.mjs').Garden} Garden */

const WANTED = 6;

/** @param {Garden} garden */
export async function growTerms(garden) {
  const { currency, stock } = garden;
  const later = () => new Date(Date.now() + 86_400_000).toISOString();
  const reward = {
    posting: 'direct',
    scope: { group: 'garden' },
    grants: [{ asset: currency, kind: 'percent', rateBps: 100 }],
  };
  const price = { kind: 'percent-off', rateBps: 100, scope: { group: 'garden' } };
  for (const [add, create, terms] of /** @type {const} */ ([
    ['addRewardRuleVersion', 'createRewardRule', reward],
    ['addPriceRuleVersion', 'createPriceRule', price],
  ]))
    await garden.fill(add, WANTED, async () => {
      const { id } = await garden.do(create, { json: { ...terms, validFrom: new Date().toISOString() } });
      return { path: { id }, json: { ...terms, validFrom: later() } };
    });

  if (stock.count('createRewardRule') === 0)
    stock.give('createRewardRule', { json: { ...reward, validFrom: later() } }, Infinity);

  // Days away, so that a worker drafts nothing by it.
  const monthDays = [new Date().getUTCDate() < 15 ? 25 : 10];
  const schedule = {
    currency,
    rail: 'iso20022-file',
    timeZone: 'Asia/Shanghai',
    time: '09:00',
    monthDays,
    shift: 'next',
  };
  if (stock.count('createPayoutSchedule') === 0) stock.give('createPayoutSchedule', { json: schedule }, Infinity);
  for (const id of ['replacePayoutSchedule', 'endPayoutSchedule'])
    await garden.fill(id, WANTED, async () => ({
      path: { id: (await garden.do('createPayoutSchedule', { json: schedule })).id },
      ...(id === 'replacePayoutSchedule' && { json: schedule }),
    }));

  const shop = async () => {
    const json = {
      name: 'Garden shop',
      currency,
      homeUrl: 'https://garden.example/',
      origins: ['https://garden.example'],
    };
    return String((await garden.do('createStorefront', { json })).id);
  };
  await garden.fill('revokeStorefrontKey', WANTED, async () => {
    const id = await shop();
    await garden.do('rotateStorefrontKeys', { path: { id }, json: { overlapHours: 1 } });
    const { items } = await garden.do('listStorefrontKeys', { path: { id } });
    return { path: { id, key: items[0].id } };
  });
  await garden.fill('reactivateMerchant', WANTED, async () => {
    const { id } = await garden.merchant();
    await garden.do('suspendMerchant', { path: { id }, json: { reason: 'Many orders from one address.' } });
    return { path: { id } };
  });
  if (stock.count('readMerchantPrice') > 0) return;
  const { id } = await garden.merchant();
  const query = /** @type {[string, string][]} */ ([
    ['storefront', await shop()],
    ['sku', 'TEA-1'],
    ['category', 'tea'],
    ['listPrice', '9999'],
  ]);
  stock.give('readMerchantPrice', { caller: 'reviewer', path: { id }, query }, Infinity);
  await garden.do('setWechatPayee', { path: { id }, json: { openid: `o-${garden.name()}`, holder: '王小明' } });
  stock.give('readWechatPayee', { path: { id } }, Infinity);
}
