import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

describe('the name of a payee in a bank file', () => {
  it('is read as a name, or is what the merchant wrote in Latin letters, and is what was approved', async () => {
    const merchants = [
      await w.merchant(100n, { holder: '单雄信' }),
      await w.merchant(200n, { holder: '解放书店' }),
      await w.merchant(300n, { holder: '区大相', holderLatin: "Au Tai-Sheung (O'Au)" }),
    ];
    const { body } = await w.draft(merchants, { rail: 'iso20022-file' });
    const sent = body.payouts.map((payout: any) => [payout.beneficiary.holder, payout.beneficiary.holderSent]);
    expect(sent).toEqual(
      expect.arrayContaining([
        ['单雄信', 'Shan Xiong Xin'],
        ['解放书店', 'Jie Fang Shu Dian'],
        ['区大相', "Au Tai-Sheung (O'Au)"],
      ]),
    );
    for (const step of ['request-approval', 'approve', 'submit'] as const) await w.step(body.id, step);
    const { text } = await w.world.maker.get(`/v1/payout-batches/${body.id}/file`);
    for (const name of ['Shan Xiong Xin', 'Jie Fang Shu Dian', 'Au Tai-Sheung (O&apos;Au)'])
      expect(text).toContain(`<Nm>${name}</Nm>`);
  });

  it('changed after the approval is found by the audit', async () => {
    const { id } = await w.submitted([await w.merchant(100n, { holder: '曾', holderLatin: 'Tsang' })], {
      rail: 'iso20022-file',
    });
    await w.db.query("UPDATE payout SET holder_sent = 'Zeng' WHERE batch_id = ?", [id]);
    expect(await w.offenders()).not.toEqual([]);
    await w.db.query("UPDATE payout SET holder_sent = 'Tsang' WHERE batch_id = ?", [id]);
  });

  it.each([
    ['HN88CABF00000000000250005469', 'HN', true],
    ['DJ2100010000000154000100186', 'DJ', true],
    ['FR1420041010050500013M02606', 'GP', true],
    ['6222021234567890123', 'CN', false],
  ])('stands beside the account number %s in %s, written as what it is', async (number, country, iban) => {
    const { id } = await w.submitted([await w.merchant(100n, { holder: 'Li Hua', number, country })], {
      rail: 'iso20022-file',
    });
    const { text } = await w.world.maker.get(`/v1/payout-batches/${id}/file`);
    expect(text.replace(/\s/g, '')).toContain(iban ? `<IBAN>${number}</IBAN>` : `<Othr><Id>${number}</Id></Othr>`);
  });
});

describe('the town of a payee in a bank file', () => {
  const iban = { holder: 'Li Hua', number: 'DE89370400440532013000', country: 'DE' };

  it('goes with the country across a border, is what was approved, and the approver sees where it is missing', async () => {
    const known = await w.merchant(100n, { ...iban, town: 'Köln' });
    const unknown = await w.merchant(100n, { ...iban, number: 'DE02120300000000202051' });
    const domestic = await w.merchant(100n, { holder: 'Li Hua', town: 'Shanghai' });
    const { body } = await w.draft([known, unknown, domestic], { rail: 'iso20022-file' });
    const of = ({ id }: { id: string }) => body.payouts.find((one: any) => one.merchant === id).beneficiary;
    expect(of(known)).toMatchObject({ townSent: 'Koeln', warnings: [] });
    expect(of(unknown)).toMatchObject({ townSent: null, warnings: [{ code: 'no-town' }] });
    expect(of(domestic)).toMatchObject({ townSent: 'Shanghai', warnings: [] });
    for (const step of ['request-approval', 'approve', 'submit'] as const) await w.step(body.id, step);
    const { text } = await w.world.maker.get(`/v1/payout-batches/${body.id}/file`);
    const addresses = text
      .split('<CdtTrfTxInf>')
      .slice(1)
      .join('')
      .replace(/\s/g, '')
      .match(/<PstlAdr>.*?<\/PstlAdr>/g);
    expect(addresses).toEqual(['<PstlAdr><TwnNm>Koeln</TwnNm><Ctry>DE</Ctry></PstlAdr>']);
    await w.db.query("UPDATE payout SET town_sent = 'Bonn' WHERE batch_id = ? AND town_sent = 'Koeln'", [body.id]);
    expect(await w.offenders()).not.toEqual([]);
    await w.db.query("UPDATE payout SET town_sent = 'Koeln' WHERE batch_id = ? AND town_sent = 'Bonn'", [body.id]);
  });

  it('changed before the approval is not approved', async () => {
    const { body } = await w.draft([await w.merchant(100n, { ...iban, town: 'Köln' })], { rail: 'iso20022-file' });
    await w.step(body.id, 'request-approval');
    await w.db.query("UPDATE payout SET town_sent = 'Bonn' WHERE batch_id = ?", [body.id]);
    expect(await w.step(body.id, 'approve')).toMatchObject({ status: 409, body: { code: 'payout.approval-void' } });
  });
});
