import { createHash } from 'node:crypto';
import { defaultBankDays } from '../../src/finance/payouts/terms/default-bank-days.js';
import { nextBankingDay, type DefaultBankDays } from '../../src/finance/payouts/terms/payout-calendar.js';
import { localDay } from '../../src/shared/calendar.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
let defaults: DefaultBankDays;
beforeAll(async () => {
  w = await PayoutWorld.start();
  defaults = await defaultBankDays('CNY');
});
afterAll(() => w.close());
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
});

const FILE = { rail: 'iso20022-file' };
const WHY = { reason: 'The portal refused the file.' };
const today = () => localDay('Asia/Shanghai', new Date());
const later = (days: number) => localDay('UTC', new Date(Date.parse(`${today()}T00:00:00Z`) + days * 86_400_000));
const bankingDay = (days: number) => nextBankingDay({ defaults }, later(days));

const ask = (id: string, what: 'withdraw' | 'new-file', body: object = WHY, by = w.world.maker) =>
  by.post(`/v1/payout-batches/${id}/${what}`, body);
const decide = (asked: Answer, decision: 'approve' | 'reject', by: HttpClient = w.world.checker) =>
  by.post(
    `/v1/payout-batches/${asked.body.batch}/requests/${asked.body.id}/${decision}`,
    decision === 'reject' ? { reason: 'It is there.' } : undefined,
  );
const code = ({ status, body }: Answer) => [status, body.code];
const download = (id: string, version?: number) =>
  w.world.maker.get(`/v1/payout-batches/${id}/file${version === undefined ? '' : `?version=${version}`}`);

function statement(reference: string, amount: string): string {
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>S${reference}</MsgId>
    </GrpHdr><Stmt><Id>S</Id><Acct><Id><Othr><Id>1001244319000000017</Id></Othr></Id></Acct><Ntry><Amt Ccy="CNY">${amount}</Amt>
    <CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-05</Dt></BookgDt><NtryDtls><TxDtls><Refs>
    <EndToEndId>${reference}</EndToEndId></Refs><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>
    </Ntry></Stmt></BkToCstmrStmt></Document>`;
}
const report = (xml: string) => w.world.maker.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', xml);

describe('a batch whose file the bank never took', () => {
  it('is withdrawn by two people: the money is there again, what is owed first, and no reference is used again', async () => {
    const [one, owing] = [await w.merchant(1_000n), await w.merchant(500n)];
    const batch = await w.submitted([one, owing], FILE);
    await w.takeBack(owing.id, 200n);
    const asked = await ask(batch.id, 'withdraw');
    expect(asked).toMatchObject({
      status: 201,
      body: { kind: 'withdrawal', state: 'awaiting-approval', executionDate: null, ...WHY },
    });
    expect(await w.balances(one.id)).toMatchObject({ available: 0 });
    expect((await decide(asked, 'approve')).body).toMatchObject({ state: 'approved', decidedBy: expect.any(String) });
    expect(await w.balances(one.id)).toMatchObject({ available: 1_000, reserved: 0 });
    expect(await w.balances(owing.id)).toMatchObject({ available: 300, owed: 0 });
    expect(await w.states(batch.id)).toEqual(['withdrawn', 'withdrawn']);
    expect(await w.batch(batch.id)).toMatchObject({ state: 'withdrawn', endReason: WHY.reason });
    const { headers } = await download(batch.id);
    expect(headers.get('content-disposition')).toContain('-withdrawn.xml');

    const { body: again } = await w.draft([one, owing], FILE);
    expect(again.total).toBe(1_300);
    const before = batch.payouts.map((payout: any) => payout.reference);
    for (const { reference } of again.payouts) expect(before).not.toContain(reference);
    const [row] = (await w.world.auditor.get('/v1/finance/reconciliation?limit=1')).body.items;
    expect(row).toMatchObject({ id: batch.id, withdrawn: { count: 2, amount: 1_500 }, open: { count: 0 } });
  });

  it('is withdrawn once, however often and by however many people at once', async () => {
    const merchant = await w.merchant(700n);
    const batch = await w.submitted([merchant], { rail: 'csv-file' });
    const asks = await Promise.all([1, 2, 3].map(() => ask(batch.id, 'withdraw')));
    expect(asks.map(code).sort()).toEqual([
      [201, undefined],
      [409, 'payout.request-pending'],
      [409, 'payout.request-pending'],
    ]);
    const asked = asks.find(({ status }) => status === 201) as Answer;
    const decisions = await Promise.all([1, 2, 3].map(() => decide(asked, 'approve')));
    expect(decisions.map(code).sort()).toEqual([
      [200, undefined],
      [409, 'payout.wrong-state'],
      [409, 'payout.wrong-state'],
    ]);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 700 });
    expect(code(await ask(batch.id, 'withdraw'))).toEqual([409, 'payout.wrong-state']);
  });

  it('stays when the checker refuses, and can be asked for again; nobody decides about their own', async () => {
    const batch = await w.submitted([await w.merchant(700n)], FILE);
    const both = await w.staffMember('finance-maker', 'finance-checker');
    const asked = await ask(batch.id, 'withdraw', WHY, both);
    expect(code(await decide(asked, 'approve', both))).toEqual([409, 'payout.same-person']);
    expect(code(await decide(asked, 'approve', w.world.maker))[0]).toBe(403);
    expect((await decide(asked, 'reject')).body).toMatchObject({ state: 'rejected', decisionReason: 'It is there.' });
    expect(await w.states(batch.id)).toEqual(['submitting']);
    expect(code(await decide(asked, 'approve'))).toEqual([409, 'payout.wrong-state']);
    expect((await ask(batch.id, 'withdraw')).status).toBe(201);
    const listed = await w.world.auditor.get(`/v1/payout-batches/${batch.id}/requests`);
    expect(listed.body.items.map((one: any) => one.state)).toEqual(['awaiting-approval', 'rejected']);
  });

  it('cannot be withdrawn once a report has spoken of any payout of it, nor before it is submitted, nor from a bank that was called', async () => {
    const [one, other] = [await w.merchant(700n), await w.merchant(800n)];
    const batch = await w.submitted([one, other], FILE);
    const asked = await ask(batch.id, 'withdraw');
    await report(statement(batch.payouts[0].reference, '99.99'));
    expect(await w.states(batch.id)).toEqual(['submitting', 'submitting']);
    expect(code(await decide(asked, 'approve'))).toEqual([409, 'payout.reported']);
    expect((await decide(asked, 'reject')).status).toBe(200);
    await report(statement(batch.payouts[0].reference, '7.00'));
    expect(code(await ask(batch.id, 'withdraw'))).toEqual([409, 'payout.reported']);

    const approved = await w.approved([await w.merchant(5n)], FILE);
    expect(code(await ask(approved.id, 'withdraw'))).toEqual([409, 'payout.wrong-state']);
    const called = await w.submitted([await w.merchant(5n)]);
    expect(code(await ask(called.id, 'withdraw'))).toEqual([409, 'payout.not-a-file']);
    expect(code(await ask('pba_nothing', 'withdraw'))).toEqual([404, 'payout.batch-not-found']);
    expect((await ask(batch.id, 'withdraw', {})).status).toBe(422);
    await w.poll();
    await w.poll();
  });

  it('leaves a late report open: it contradicts, whatever it says, and a person has to look', async () => {
    const merchant = await w.merchant(700n);
    const batch = await w.submitted([merchant], FILE);
    await decide(await ask(batch.id, 'withdraw'), 'approve');
    const { body } = await report(statement(batch.payouts[0].reference, '7.00'));
    expect(body.lines).toMatchObject([{ result: 'contradicting', payout: batch.payouts[0].id }]);
    expect(await w.states(batch.id)).toEqual(['withdrawn']);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 700 });
    const open = await w.world.auditor.get('/v1/bank-report-lines?result=open&limit=200');
    expect(open.body.items.map((line: any) => line.payout)).toContain(batch.payouts[0].id);
  });

  it('is withdrawn or paid, never both, when the report comes at the same time', async () => {
    for (let round = 0; round < 6; round += 1) {
      const merchant = await w.merchant(700n);
      const batch = await w.submitted([merchant], FILE);
      const asked = await ask(batch.id, 'withdraw');
      const [decided, reported] = await Promise.all([
        decide(asked, 'approve'),
        report(statement(batch.payouts[0].reference, '7.00')),
      ]);
      const [state] = await w.states(batch.id);
      const [line] = reported.body.lines;
      if (state === 'withdrawn') expect([decided.status, line.result]).toEqual([200, 'contradicting']);
      else expect([state, ...code(decided), line.result]).toEqual(['paid', 409, 'payout.reported', 'applied']);
      expect(await w.balances(merchant.id)).toMatchObject({ available: state === 'withdrawn' ? 700 : 0 });
    }
  });
});

describe('the day on which a bank is to pay a file', () => {
  const dateOf = (bytes: Buffer) => /<ReqdExctnDt>\s*(?:<Dt>)?([\d-]+)/.exec(bytes.toString('utf8'))?.[1];

  it('is the next banking day, by the holidays of a schedule of its rail', async () => {
    const first = await w.submitted([await w.merchant(700n)], FILE);
    expect((await w.batch(first.id)).executionDate).toBe(bankingDay(0));
    expect(dateOf((await download(first.id)).bytes)).toBe(bankingDay(0));
    const holidays = [0, 1, 2, 3, 4].map((days) => later(days));
    const terms = { timeZone: 'Asia/Shanghai', time: '09:00', monthDays: [31], currency: 'CNY', ...FILE, holidays };
    const { body: schedule } = await w.world.maker.post('/v1/payout-schedules', terms);
    const batch = await w.submitted([await w.merchant(700n)], FILE);
    expect((await w.batch(batch.id)).executionDate).toBe(nextBankingDay({ holidays, defaults }, today()));
    expect(nextBankingDay({ holidays, defaults }, today()) >= later(5)).toBe(true);
    await w.world.maker.post(`/v1/payout-schedules/${schedule.id}/end`);
  });

  it('is chosen at the submission: a banking day, not in the past, at most 90 days ahead, and only where a file has one', async () => {
    const batch = await w.approved([await w.merchant(700n)], FILE);
    let weekend = 1;
    while (bankingDay(weekend) === later(weekend)) weekend += 1;
    for (const executionDate of [later(-1), later(weekend), later(91), '2026-02-30', 'soon', 5]) {
      const answer = await w.step(batch.id, 'submit', w.world.maker, { executionDate });
      expect([executionDate, answer.status, answer.body.errors[0].pointer]).toEqual([
        executionDate,
        422,
        '/executionDate',
      ]);
    }
    expect((await w.batch(batch.id)).state).toBe('approved');
    const day = bankingDay(10);
    expect((await w.step(batch.id, 'submit', w.world.maker, { executionDate: day })).body.executionDate).toBe(day);
    expect(dateOf((await download(batch.id)).bytes)).toBe(day);
    const table = await w.approved([await w.merchant(700n)], { rail: 'csv-file' });
    expect((await w.step(table.id, 'submit', w.world.maker, { executionDate: day })).status).toBe(422);
    expect((await w.step(table.id, 'submit')).body.executionDate).toBeNull();
  });

  it('is another one in a new file of the same references, by two people; the old one stays readable and says that it was replaced', async () => {
    const batch = await w.submitted([await w.merchant(700n), await w.merchant(800n)], FILE);
    const old = (await download(batch.id)).bytes;
    const day = bankingDay(14);
    const asked = await ask(batch.id, 'new-file', { executionDate: day, reason: 'Missed the cut-off.' });
    expect(asked).toMatchObject({ status: 201, body: { kind: 'new-file', executionDate: day } });
    expect((await download(batch.id)).bytes.equals(old)).toBe(true);
    const decisions = await Promise.all([1, 2].map(() => decide(asked, 'approve')));
    expect(decisions.map(code).sort()).toEqual([
      [200, undefined],
      [409, 'payout.wrong-state'],
    ]);
    const file = await download(batch.id);
    expect([file.status, dateOf(file.bytes)]).toEqual([200, day]);
    expect(file.headers.get('content-disposition')).toMatch(/filename="[0-9A-Z]{26}-2\.xml"/);
    const names = (bytes: Buffer) => bytes.toString('utf8').match(/<(EndToEndId|MsgId|PmtInfId)>[^<]+/g);
    expect(names(file.bytes)).toEqual(names(old));
    const former = await download(batch.id, 1);
    expect(former.bytes.equals(old)).toBe(true);
    expect(former.headers.get('content-disposition')).toContain('-1-replaced.xml');
    expect((await download(batch.id, 2)).bytes.equals(file.bytes)).toBe(true);
    expect((await download(batch.id, 3)).status).toBe(404);
    const { items } = (await w.world.auditor.get(`/v1/payout-batches/${batch.id}/files`)).body;
    expect(items).toMatchObject([
      { version: 2, state: 'current', executionDate: day, replacedAt: null },
      { version: 1, state: 'replaced', sha256: createHash('sha256').update(old).digest('hex'), bytes: old.length },
    ]);
    expect(await w.states(batch.id)).toEqual(['submitting', 'submitting']);
    expect(await w.batch(batch.id)).toMatchObject({ executionDate: day, file: { version: 2 } });
  });

  it('cannot be changed once the bank has spoken, for a file without a day, nor to a day that has passed meanwhile', async () => {
    const batch = await w.submitted([await w.merchant(700n)], FILE);
    const wanted = { executionDate: bankingDay(7), reason: 'Late.' };
    expect((await ask(batch.id, 'new-file', { ...wanted, executionDate: later(-1) })).status).toBe(422);
    const asked = await ask(batch.id, 'new-file', wanted);
    await w.db.query("UPDATE payout_batch_request SET execution_date = '2020-01-01' WHERE id = ?", [asked.body.id]);
    expect(code(await decide(asked, 'approve'))).toEqual([409, 'payout.execution-date-passed']);
    await decide(asked, 'reject');
    await report(statement(batch.payouts[0].reference, '7.00'));
    expect(code(await ask(batch.id, 'new-file', wanted))).toEqual([409, 'payout.reported']);
    const table = await w.submitted([await w.merchant(700n)], { rail: 'csv-file' });
    expect((await ask(table.id, 'new-file', wanted)).status).toBe(422);
  });

  it('is written by the next sweep when the process died after the decision', async () => {
    const batch = await w.submitted([await w.merchant(700n)], FILE);
    const asked = await ask(batch.id, 'new-file', { executionDate: bankingDay(7), reason: 'Late.' });
    await decide(asked, 'approve');
    await w.db.query('DELETE FROM payout_file WHERE batch_id = ? AND version = 2', [batch.id]);
    await w.db.query('UPDATE payout_batch SET file_sha256 = NULL, file_bytes = NULL WHERE id = ?', [batch.id]);
    expect((await download(batch.id)).status).toBe(404);
    await w.delivery.submitWaitingPayouts([batch.id]);
    expect(dateOf((await download(batch.id)).bytes)).toBe(bankingDay(7));
  });
});
