// @ts-check
/**
 * A payday: 5,000 merchants (--large: 100,000) are drafted, approved by another person and submitted over HTTP; the worker
 * writes pain.001 and it is downloaded; the bank's camt.053 is handed in, and everybody is paid. A bank file carries 10,000
 * payments, so that a large payday is several batches, one after the other.
 *
 * The limit has no program: the same rows, taken from the tables afterwards, are written into copies of these by one
 * statement for each table and step, on one connection, and the same bytes of the two files are streamed over HTTP. The
 * second result is by how many megabytes the API's and the worker's memory grew together.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchmark } from './lib/benchmark.mjs';
import { fillBooks, prepareFilling } from './lib/fill.mjs';
import { makeBooks } from './lib/posting.mjs';
import { figure, resultOf, ROUNDS } from './lib/rounds.mjs';
import { emptyCopies } from './lib/rows.mjs';
import { makeBankAccounts, openShop } from './lib/shop.mjs';
import { memoryOf } from './lib/world.mjs';

const MEGABYTE = 1_000_000;

/** The operator's sample account of the embedded mode. */
const OWN_ACCOUNT = '1001244319000000017';
const XML = 'application/xml';

/** Journals of each step, and the state in which it leaves a payout. */
const STEPS = /** @type {const} */ ([
  ['payout-reserved', 'reserved'],
  ['payout-submitted', 'submitting'],
  ['payout-paid', 'paid'],
]);

export default benchmark({
  name: 'payouts',
  what: '5,000 merchants (--large: 100,000): draft, approve, submit, pain.001, camt.053, paid',
  limit: 'one SQL statement for each table and step that writes the same rows, and the bytes of both files streamed',
  goal: { atMost: 3 },
  run: async (world) => {
    const count = world.size(5000, 100_000);
    const books = await makeBooks(world, count + 1);
    const template = await prepareFilling(world, books);
    await makeBankAccounts(world, template.others);
    await fillBooks(world, template, count);
    const api = await world.startApi();
    const worker = await world.startWorker();
    const shop = await openShop(api.baseUrl);
    const maker = await shop.hire('finance-maker');
    const checker = await shop.hire('finance-checker');

    /** @type {[number, number][]} */
    const times = [];
    let grown = 0;
    const rounds = world.large ? 1 : Math.min(2, ROUNDS);
    for (let round = 1; round <= rounds; round++) {
      if (round > 1) await fillBooks(world, template, count);
      const watch = watchMemory([api.pid, worker.pid]);
      const { seconds, batches, paid, files } = await payday(world, maker, checker);
      grown = Math.max(grown, watch.stop());
      if (paid !== count) throw new Error(`${paid} payouts were paid and not ${count}`);
      const limit = await writeRaw(world, batches, files);
      const steps = Object.entries(seconds).map(([step, took]) => `${step} ${figure(took)} s`);
      world.say(
        `payouts: round ${round}: ${steps.join(', ')}; limit ${figure(limit)} s; memory ${figure(grown)} MB more`,
      );
      times.push([Object.values(seconds).reduce((sum, took) => sum + took, 0), limit]);
    }
    const memory = { name: 'payouts-memory', goal: { atMost: 150 }, ratio: grown, min: grown, max: grown };
    return [
      resultOf({ unit: 's', figures: times }),
      { ...memory, detail: `MB more than before, API and worker together; ${count.toLocaleString('en')} payouts` },
    ];
  },
});

/**
 * @typedef {ReturnType<typeof import('./lib/shop.mjs').client>} Client
 * @param {import('./lib/world.mjs').World} world
 * @param {Client} maker
 * @param {Client} checker
 */
async function payday(world, maker, checker) {
  const seconds = { draft: 0, approve: 0, submit: 0, file: 0, report: 0 };
  /** @param {keyof typeof seconds} step @param {() => Promise<any>} work */
  const timed = async (step, work) => {
    const begin = performance.now();
    const answer = await work();
    seconds[step] += (performance.now() - begin) / 1000;
    return answer;
  };
  const batches = [];
  const files = [];
  let paid = 0;
  for (let waiting = 1; waiting > 0;) {
    const draft = await timed('draft', () =>
      maker.post('/v1/payout-batches', { currency: 'CNY', rail: 'iso20022-file' }),
    );
    const path = `/v1/payout-batches/${draft.id}`;
    await timed('approve', async () => {
      await maker.post(`${path}/request-approval`, {});
      await checker.post(`${path}/approve`, {});
    });
    await timed('submit', () => maker.post(`${path}/submit`, {}));
    const file = await timed('file', async () => {
      while ((await world.query('SELECT file_sha256 f FROM payout_batch WHERE id = ?', [draft.id]))[0]?.f === null)
        await sleep(10);
      return maker.get(`${path}/file`);
    });
    const report = await statementOf(world, draft.id);
    const { results } = await timed('report', () => maker.post('/v1/bank-reports', report, XML));
    paid += results.applied;
    batches.push(draft.id);
    files.push(file, report);
    const [head] = await world.query('SELECT waiting_count FROM payout_batch WHERE id = ?', [draft.id]);
    waiting = Number(head?.waiting_count);
  }
  return { seconds, batches, paid, files };
}

/** camt.053 in which the bank has paid all of a batch. @param {import('./lib/world.mjs').World} world @param {string} batchId */
async function statementOf(world, batchId) {
  const payouts = await world.query('SELECT reference, sent_amount FROM payout WHERE batch_id = ? ORDER BY position', [
    batchId,
  ]);
  const day = new Date().toISOString().slice(0, 10);
  const entries = payouts.map(({ reference, sent_amount: amount }) => {
    const money = `<Amt Ccy="CNY">${(Number(amount) / 100).toFixed(2)}</Amt><CdtDbtInd>DBIT</CdtDbtInd>`;
    return `<Ntry>${money}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${money}</TxDtls></NtryDtls></Ntry>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>${batchId.slice(-26)}</MsgId><CreDtTm>${day}T20:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><Othr><Id>${OWN_ACCOUNT}</Id></Othr></Id></Acct><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>
${entries.join('\n')}</Stmt></BkToCstmrStmt></Document>`;
}

/** The most that processes grew, in megabytes, until it is stopped. @param {number[]} pids */
function watchMemory(pids) {
  const now = () => pids.reduce((sum, pid) => sum + memoryOf(pid), 0) / MEGABYTE;
  const before = now();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, now())), 100);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.max(most, now()) - before;
    },
  };
}

/**
 * Seconds that the same rows and bytes take without the program.
 * @param {import('./lib/world.mjs').World} world
 * @param {readonly string[]} batches
 * @param {readonly string[]} files
 */
async function writeRaw(world, batches, files) {
  await emptyCopies(world, ['payout', 'journal', 'entry', 'account', 'payout_file', 'bank_report_line']);
  await world.pool.query('INSERT INTO bench_account SELECT * FROM account');
  const paid = 'SELECT id FROM payout WHERE batch_id IN (?)';
  const connection = await world.pool.getConnection();
  const server = createServer((request, response) => void request.resume().once('end', () => response.end()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  const begin = performance.now();
  /** @param {string[]} statements */
  const inOne = async (...statements) => {
    await connection.beginTransaction();
    for (const statement of statements) await connection.query(statement, [batches]);
    await connection.commit();
  };
  await inOne('INSERT INTO bench_payout SELECT * FROM payout WHERE batch_id IN (?)');
  for (const [kind, state] of STEPS) {
    const journals = `SELECT j.id FROM journal j WHERE j.kind = '${kind}' AND j.cause_id IN (${paid})`;
    await inOne(
      `INSERT INTO bench_journal SELECT * FROM journal WHERE id IN (${journals})`,
      `INSERT INTO bench_entry SELECT * FROM entry WHERE journal_id IN (${journals})`,
      `UPDATE bench_account a JOIN payout p ON p.merchant_id = a.merchant_id AND p.batch_id IN (?)
          SET a.version = a.version + 1 WHERE a.asset = 'CNY'`,
      `UPDATE bench_payout SET state = '${state}', state_at = NOW(6) WHERE batch_id IN (?)`,
    );
  }
  await inOne('INSERT INTO bench_payout_file SELECT * FROM payout_file WHERE batch_id IN (?)');
  await inOne(`INSERT INTO bench_bank_report_line SELECT * FROM bank_report_line WHERE payout_id IN (${paid})`);
  for (const file of files)
    await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: file }).then((answer) => answer.text());
  const seconds = (performance.now() - begin) / 1000;

  connection.release();
  server.close();
  return seconds;
}
