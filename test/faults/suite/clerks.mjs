// @ts-check
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { bookingNotice, paymentsOf } from '../../../demo/bank-answer.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('./chance.mjs').Chance} Chance */

/** Where others are at the same batch, or merchants changed meanwhile, a step is refused. */
const REFUSALS = ['payout.', 'ledger.insufficient-funds'];
const FILE_PATIENCE_MS = 60_000;

/**
 * A maker and a checker who pay merchants, batch after batch, over the bank that is called and by files.
 * @param {World} world @param {number} number
 */
export async function pay(world, number) {
  const chance = world.chance.fork(`clerk ${number}`);
  for (let turn = 0; !world.over; turn += 1) {
    await world.turn();
    await batch(world, chance, `${number}-${turn}`).catch((error) => world.finding(`a clerk: ${error.stack}`));
    await sleep(chance.whole(100, 1_000));
  }
}

/** @param {World} world @param {Chance} chance @param {string} name */
async function batch(world, chance, name) {
  const { client, model, people, merchants } = world;
  const rail = chance.happens(0.6) ? 'http-bank' : 'iso20022-file';
  const key = `draft-${name}`;
  const body = { currency: 'CNY', rail, minAmount: 100, merchants: chance.some(merchants, 4).map(({ id }) => id) };
  const draft = { known: /** @type {import('./model.mjs').Known} */ ('maybe'), id: undefined };
  model.drafts.set(key, draft);
  const drafted = await client.deliver(
    { path: '/v1/payout-batches', token: people.maker, key, body, mayBeRefused: REFUSALS },
    (result) => Object.assign(draft, { known: result.known, id: result.body?.id }),
  );
  const id = drafted.body?.id;
  if (!id) return;
  /** @param {string} step @param {string} token @param {object} [more] */
  const step = (step, token, more) => {
    const keyed = chance.happens(0.5) ? { key: `${step}-${name}` } : {};
    const call = { path: `/v1/payout-batches/${id}/${step}`, token, body: more, ...keyed, mayBeRefused: REFUSALS };
    return client.deliver(call, () => undefined);
  };
  if (chance.happens(0.05)) return void (await step('cancel', people.maker));
  if ((await step('request-approval', people.maker)).known !== 'done') return;
  if (chance.happens(0.05)) return void (await step('reject', people.checker, { reason: 'Not this time.' }));
  if ((await step('approve', people.checker)).known !== 'done') return;
  if (chance.happens(0.05)) return void (await step('cancel', people.maker));
  // Two at once: one of them is refused, or told the same.
  const submits = chance.happens(0.3) ? 2 : 1;
  const submitted = await Promise.all(Array.from({ length: submits }, () => step('submit', people.maker)));
  if (rail === 'iso20022-file' && submitted.some(({ known }) => known === 'done')) await takeToBank(world, chance, id);
}

/** Downloads the file, twice at times, hands it to the bank, and later takes in what the bank has booked, twice at times. */
async function takeToBank(/** @type {World} */ world, /** @type {Chance} */ chance, /** @type {string} */ id) {
  const { client, model, people } = world;
  const call = { method: /** @type {const} */ ('GET'), path: `/v1/payout-batches/${id}/file`, token: people.maker };
  /** @type {Buffer | undefined} */
  let file;
  for (const end = Date.now() + FILE_PATIENCE_MS; !file; await sleep(300)) {
    const { known, bytes } = await client.insist({ ...call, mayBeRefused: ['payout.no-file'] }, 5_000);
    if (known === 'done') file = bytes;
    else if (world.over || Date.now() > end) return;
  }
  const again = await client.insist(call, 5_000);
  const sha = createHash('sha256').update(file).digest('hex');
  if (again.bytes && createHash('sha256').update(again.bytes).digest('hex') !== sha)
    world.finding(`the file of ${id} was not the same at its second download`);
  model.files.set(id, sha);
  const payments = paymentsOf(file);
  for (const { reference, amount } of payments)
    model.filed.set(reference, Math.round(Number(/** @type {any} */ (amount)['#text'] ?? amount) * 100));
  await sleep(chance.whole(0, 2_000));
  if (chance.happens(0.1)) return; // the bank says nothing for now
  const xml = bookingNotice(file, payments);
  const report = { path: '/v1/bank-reports', token: people.maker, xml, mayBeRefused: [] };
  for (const { reference } of payments) model.reported.add(reference);
  /** @param {import('./client.mjs').Result} result */
  const settle = ({ known }) => {
    if (known === 'done') for (const { reference } of payments) model.booked.add(reference);
  };
  const times = chance.happens(0.3) ? 2 : 1;
  await Promise.all(Array.from({ length: times }, () => client.deliver(report, settle)));
}
