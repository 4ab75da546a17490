import { createHash } from 'node:crypto';
import { createApp } from '../../src/api/create-app.js';
import { PAYOUT_FILE_PURPOSE, placeOf } from '../../src/finance/payouts/batches/payout-file.service.js';
import { PayoutHousekeeping } from '../../src/finance/payouts/batches/payout-housekeeping.service.js';
import { SealedText } from '../../src/shared/sealed-text.js';
import { serviceConfig, testConfig } from '../support/test-config.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
});

function download(id: string) {
  return w.world.maker.get(`/v1/payout-batches/${id}/file`);
}

describe('a bank file of a batch', () => {
  it('is a table in GB18030 when the portal of the bank wants one, and its payouts wait for the bank’s report', async () => {
    const [one, formula] = [await w.merchant(12_345n), await w.merchant(100n, { holder: '=1+1' })];
    const batch = await w.submitted([one, formula], { rail: 'csv-file', fileFormat: 'csv-zh-gb18030' });
    expect(batch.skipped).toMatchObject([{ merchant: formula.id, reason: 'not-expressible' }]);
    const { bytes, headers } = await download(batch.id);
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    expect(text.split('\r\n')[1]).toBe(
      `1,${one.number},王小明,工商银行,,,123.45,CNY,推广佣金,${batch.payouts[0].reference}`,
    );
    expect(headers.get('content-type')).toBe('text/csv; charset=gb18030');
    expect(headers.get('content-disposition')).toMatch(/filename="[0-9A-Z]{26}\.csv"/);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect((await w.batch(batch.id)).file).toEqual({
      sha256,
      bytes: bytes.length,
      payments: 1,
      controlSum: 12_345,
      version: 1,
      deletedAt: null,
    });
    expect((await download(batch.id)).bytes.equals(bytes)).toBe(true);

    await w.poll();
    expect(await w.states(batch.id)).toEqual(['submitting']);
    const [{ reference }] = batch.payouts;
    const report = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr>
      <MsgId>N1</MsgId><CreDtTm>2026-01-05T10:00:00Z</CreDtTm></GrpHdr><Ntfctn><Id>N1</Id><Acct><Id><Othr><Id>1001244319000000017</Id></Othr>
      </Id></Acct><Ntry><Amt Ccy="CNY">123.45</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-05
      </Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs><Amt Ccy="CNY">123.45</Amt>
      <CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;
    const xml = w.world.maker.with({ 'content-type': 'application/xml' });
    const answer = await xml.post('/v1/bank-reports', report);
    expect([answer.status, answer.body.lines?.[0]?.result]).toEqual([201, 'applied']);
    expect(await w.states(batch.id)).toEqual(['paid']);
  });

  it('is pain.001 of the version that the batch was approved with', async () => {
    const batches = [];
    for (const fileFormat of ['pain.001.001.03', 'pain.001.001.09', undefined]) {
      const merchant = await w.merchant(100n);
      batches.push(await w.submitted([merchant], { rail: 'iso20022-file', fileFormat }));
    }
    const files = await Promise.all(batches.map(({ id }) => download(id)));
    expect(files.map(({ bytes }) => /pain\.001\.001\.\d\d/.exec(bytes.toString('utf8'))?.[0])).toEqual([
      'pain.001.001.03',
      'pain.001.001.09',
      'pain.001.001.09',
    ]);
    expect(batches.map(({ fileFormat }) => fileFormat)).toEqual([
      'pain.001.001.03',
      'pain.001.001.09',
      'pain.001.001.09',
    ]);
  });

  it('is the same to the byte from another process, and in however many parts it is kept', async () => {
    const { id } = await w.submitted([await w.merchant(100n), await w.merchant(200n)], { rail: 'iso20022-file' });
    const { bytes, headers } = await download(id);
    const seal = new SealedText(testConfig(w.testApp.databaseUrl).dataKeys, PAYOUT_FILE_PURPOSE);
    const partOf = async (part: number, from: number, to?: number) => {
      const { keyId, sealed } = seal.sealBytes(bytes.subarray(from, to), placeOf({ batchId: id, version: 1, part }));
      await w.db.query('REPLACE INTO payout_file (batch_id, part, key_id, sealed) VALUES (?, ?, ?, ?)', [id, part, keyId, sealed]); // prettier-ignore
    };
    await partOf(1, 0, 100);
    await partOf(2, 100, 500);
    await partOf(3, 500);
    const other = await createApp(serviceConfig(w.testApp.databaseUrl));
    await other.listen(0, '127.0.0.1');
    const elsewhere = w.world.maker.at(await other.getUrl()).with({ connection: 'close' });
    const again = await elsewhere.get(`/v1/payout-batches/${id}/file`);
    await other.close();
    expect(again.bytes.equals(bytes)).toBe(true);
    expect(again.headers.get('repr-digest')).toBe(headers.get('repr-digest'));
    // No part opens in the place of another, nor once it was changed; and none may be missing.
    const swap = 'UPDATE payout_file SET sealed = (SELECT sealed FROM (SELECT sealed, part FROM payout_file WHERE batch_id = ?) f WHERE f.part = ?) WHERE batch_id = ? AND part = ?'; // prettier-ignore
    await w.db.query(swap, [id, 2, id, 1]);
    expect((await download(id)).status).toBe(500);
    await partOf(1, 0, 100);
    await w.db.query("UPDATE payout_file SET sealed = CONCAT(sealed, ' ') WHERE batch_id = ? AND part = 3", [id]);
    expect((await download(id)).status).toBe(500);
    await w.db.query('DELETE FROM payout_file WHERE batch_id = ? AND part = 3', [id]);
    expect((await download(id)).status).toBe(500);
    await partOf(3, 500);
    expect((await download(id)).status).toBe(200);
  });

  it('leaves in the audit log who took it, and that it was written', async () => {
    const { id } = await w.submitted([await w.merchant(100n)], { rail: 'csv-file' });
    const { bytes } = await download(id);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { body } = await w.world.admin.get(`/v1/audit-log?subject=${id}&limit=100`);
    const entries = (body.items as { action: string; actor: object; detail: object }[]).filter(({ action }) => action.startsWith('payout-file.')); // prettier-ignore
    expect(entries).toMatchObject([
      {
        action: 'payout-file.downloaded',
        actor: { kind: 'staff', id: expect.stringMatching(/^stf_/) as string },
        detail: { version: 1, sha256 },
      },
      { action: 'payout-file.written', actor: { kind: 'system' }, detail: { version: 1, sha256, payments: 1 } },
    ]);
  });

  it('is deleted when its time is over and nothing of the batch is open; what it was stays', async () => {
    const open = await w.submitted([await w.merchant(100n)], { rail: 'csv-file' });
    const settled = await w.submitted([await w.merchant(100n)], { rail: 'csv-file' });
    const { file } = await w.batch(settled.id);
    const age = async (days: number) => {
      for (const { id } of [open, settled]) {
        await w.db.query('UPDATE payout_batch SET made_at = NOW(6) - INTERVAL ? DAY WHERE id = ?', [days, id]);
        await w.db.query('UPDATE payout SET state_at = NOW(6) - INTERVAL ? DAY WHERE batch_id = ?', [days, id]);
      }
    };
    const house = w.testApp.app.get(PayoutHousekeeping, { strict: false });
    await w.db.query("UPDATE payout SET state = 'paid' WHERE batch_id = ?", [settled.id]);
    await age(399);
    expect(await house.deleteOldFiles()).toBe(0);
    await age(401);
    expect(await house.deleteOldFiles()).toBe(1);
    expect(await house.deleteOldFiles()).toBe(0);

    expect(await download(settled.id)).toMatchObject({ status: 410, body: { code: 'payout.file-deleted' } });
    expect((await download(open.id)).status).toBe(200);
    expect(file.deletedAt).toBeNull();
    expect((await w.batch(settled.id)).file).toEqual({ ...file, deletedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    const versions = await w.world.maker.get(`/v1/payout-batches/${settled.id}/files`);
    expect(versions.body.items).toMatchObject([{ sha256: file.sha256, bytes: file.bytes }]);
    const { body } = await w.world.admin.get(`/v1/audit-log?subject=${settled.id}&action=payout-files.deleted`);
    expect(body.items).toMatchObject([{ actor: { kind: 'system' }, detail: { sha256: file.sha256, days: 400 } }]);
    await w.db.query("UPDATE payout SET state = 'submitting' WHERE batch_id = ?", [settled.id]);
  });

  it('says what the operator’s bank wants, and a change of that voids an approval', async () => {
    const account = {
      holder: 'Yinke',
      number: '1001244319000000017',
      bic: 'ICBKCNBJSHI',
      country: 'CN',
      town: 'Shanghai',
    };
    const put = (bankFile: unknown) => w.world.admin.put('/v1/platform-accounts/CNY', { ...account, bankFile });
    const bankFile = {
      agentWithoutBic: 'NOTPROVIDED',
      organisationId: '4711',
      organisationIdScheme: 'BANK',
      contact: { name: 'Li Wei', phone: '+86-2112345678' },
      categoryPurpose: 'SUPP',
      batchBooking: true,
    };
    expect(await put(bankFile)).toMatchObject({ status: 200, body: { bankFile } });
    const { id } = await w.submitted([await w.merchant(100n)], { rail: 'iso20022-file' });
    const text = (await download(id)).bytes.toString('utf8').replace(/\s*\n\s*/g, '');
    expect(text).toContain('<OrgId><Othr><Id>4711</Id><SchmeNm><Cd>BANK</Cd></SchmeNm></Othr></OrgId>');
    expect(text).toContain('<CtctDtls><Nm>Li Wei</Nm><PhneNb>+86-2112345678</PhneNb></CtctDtls>');
    expect(text).toContain('<BtchBookg>true</BtchBookg>');
    expect(text).toContain('<PmtTpInf><CtgyPurp><Cd>SUPP</Cd></CtgyPurp></PmtTpInf>');
    expect(text).toContain('<CdtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></CdtrAgt>');

    const approved = await w.approved([await w.merchant(100n)], { rail: 'iso20022-file' });
    expect(await put(undefined)).toMatchObject({ status: 200, body: { bankFile: {} } });
    expect((await w.step(approved.id, 'submit')).body.code).toBe('payout.approval-void');
    await w.step(approved.id, 'cancel');
    for (const [pointer, bad] of [
      ['/bankFile/agentWithoutBic', { agentWithoutBic: 'guess' }],
      ['/bankFile/organisationId', { organisationId: 'x'.repeat(36) }],
      ['/bankFile/contact/phone', { contact: { name: 'Li Wei', phone: '021 1234' } }],
      ['/bankFile/contact/name', { contact: {} }],
      ['/bankFile/contact/name', { contact: { name: '😀' } }],
      ['/bankFile/categoryPurpose', { categoryPurpose: 'toolong' }],
      ['/bankFile/batchBooking', { batchBooking: 'yes' }],
      ['/bankFile/surprise', { surprise: 1 }],
    ] as const) {
      const answer = await put(bad);
      expect([pointer, answer.status, answer.body.errors?.[0]?.pointer]).toEqual([pointer, 422, pointer]);
    }
  });

  it('is not written in a format that nobody approved', async () => {
    const { id } = await w.approved([await w.merchant(100n)], { rail: 'csv-file', fileFormat: 'csv-generic' });
    await w.db.query("UPDATE payout_batch SET file_format = 'csv-zh-gbk' WHERE id = ?", [id]);
    expect((await w.step(id, 'submit')).body.code).toBe('payout.approval-void');
    expect(await w.offenders()).not.toEqual([]);
    await w.db.query("UPDATE payout_batch SET file_format = 'csv-generic' WHERE id = ?", [id]);
    await w.step(id, 'cancel');
  });
});

describe('the operator’s account', () => {
  const account = (number: string) => ({
    ...{ holder: 'Yinke', number, bic: 'ICBKCNBJ', country: 'CN', town: 'Beijing' },
  });
  const put = (currency: string, number: string) =>
    w.world.admin.put(`/v1/platform-accounts/${currency}`, account(number));

  it('is not another one while a file that leaves from it waits to be written', async () => {
    await put('HKD', '1001244319000000017');
    const batch = await w.submitted([await w.merchant(500n, { holderLatin: 'Wang' }, 'HKD')], {
      currency: 'HKD',
      rail: 'iso20022-file',
    });
    await w.db.query('DELETE FROM payout_file WHERE batch_id = ?', [batch.id]);
    await w.db.query('UPDATE payout_batch SET file_sha256 = NULL, file_bytes = NULL WHERE id = ?', [batch.id]);
    const refused = await put('HKD', '1001244319000000025');
    expect([refused.status, refused.body.code]).toEqual([409, 'payout.file-unwritten']);
    await w.delivery.submitWaitingPayouts();
    expect((await download(batch.id)).status).toBe(200);
    expect((await put('HKD', '1001244319000000025')).status).toBe(200);
    await w.rest();
  });

  it('is changed before a submit or after its file, however close they come', async () => {
    for (let round = 0; round < 8; round += 1) {
      await put('HKD', '1001244319000000017');
      const batch = await w.approved([await w.merchant(100n, { holderLatin: 'Wang' }, 'HKD')], {
        currency: 'HKD',
        rail: 'iso20022-file',
      });
      const [submitted, changed] = await Promise.all([w.step(batch.id, 'submit'), put('HKD', '1001244319000000025')]);
      expect([200, 409]).toContain(changed.status);
      if (submitted.status === 200) expect((await download(batch.id)).status).toBe(200);
      else {
        expect([submitted.status, submitted.body.code]).toEqual([409, 'payout.approval-void']);
        await w.step(batch.id, 'cancel');
      }
    }
    await w.rest();
  });

  it('does not make a failure of a submit that stands: the file comes later, and whoever is on call is told', async () => {
    await put('HKD', '1001244319000000017');
    const batch = await w.approved([await w.merchant(100n, { holderLatin: 'Wang' }, 'HKD')], {
      currency: 'HKD',
      rail: 'iso20022-file',
    });
    // What nobody can do over the API: right after the submit the account is another one.
    await w.db.query(`CREATE TRIGGER other_account AFTER UPDATE ON payout_batch FOR EACH ROW
      UPDATE platform_account SET holder = 'Another'
       WHERE currency = 'HKD' AND NEW.id = '${batch.id}' AND NEW.state = 'submitted'`);
    const { status, body } = await w.step(batch.id, 'submit');
    await w.db.query('DROP TRIGGER other_account');
    expect([status, body.state, body.file]).toEqual([200, 'submitted', null]);
    await w.db.query("UPDATE platform_account SET holder = 'Yinke' WHERE currency = 'HKD'");
    await w.delivery.submitWaitingPayouts();
    expect((await download(batch.id)).status).toBe(200);
    await w.rest();
  });
});
