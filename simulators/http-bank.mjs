// @ts-check
/**
 * A bank with the HTTP API of the http-bank rail that misbehaves on demand. It pays a reference once however often it is
 * sent, refuses one that comes with other contents, and counts what it really executed. Node's own modules only.
 *
 * `POST /payments` `{ reference, amount, currency, creditor: { name, account, … } }` and `GET /payments/{reference}` answer
 * `{ reference, amount, currency, status: "accepted" | "settled" | "rejected", code?, message? }`.
 */
import { createServer } from 'node:http';

/**
 * What happens to a call. `…-before`: nothing is executed; `…-after`: it is executed and the answer is lost.
 * Payments: `accept`, `settle` (at once), `reject` (`AM04`), `bad-account` (`AC04`), `accept-then-reject`.
 * Any call: `time-out-before`, `time-out-after`, `error-before`, `error-after` (HTTP 500), `break-before`, `break-after`
 * (the connection), `rate-limit` (429), `garbage` (HTTP 200 that is not JSON), `other-amount`, `settled`, `rejected`
 * (says so whatever is true).
 * @typedef {'accept' | 'settle' | 'reject' | 'bad-account' | 'accept-then-reject' | 'time-out-before' | 'time-out-after'
 *   | 'error-before' | 'error-after' | 'break-before' | 'break-after' | 'rate-limit' | 'garbage' | 'other-amount'
 *   | 'settled' | 'rejected'} Behaviour
 */

/**
 * @typedef {object} Rule
 * @property {Behaviour} does
 * @property {'submit' | 'status'} [on] which call; default `submit`
 * @property {string} [account] only payments to this account number
 * @property {string} [reference] only this payment
 * @property {number} [times] how often; default always
 * @property {() => Promise<unknown>} [first] the answer is given when this is over
 * @property {() => void} [when] told of each call that follows it
 */

/**
 * @typedef {object} Payment
 * @property {string} reference
 * @property {number} amount minor units
 * @property {string} currency
 * @property {string} account
 * @property {string} name
 * @property {'accepted' | 'settled' | 'rejected'} status
 * @property {string} [code] ISO 20022 reason of a rejection
 * @property {string} [message]
 * @property {number} executed how often money was really sent for the reference
 * @property {number} submitted how often it was sent to the bank
 * @property {number} asked how often its status was asked
 */

/**
 * @typedef {object} BankSimulator
 * @property {string} url
 * @property {(rule: Rule) => void} behave the newest rule that fits is followed
 * @property {() => Payment[]} payments everything that arrived
 * @property {(reference: string) => Payment | undefined} payment
 * @property {() => string[]} conflicts references that came with two contents
 * @property {() => void} forget lets the rules go
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ port?: number, settleAfter?: number }} [options] `settleAfter`: how many status questions an accepted payment
 *   is asked before it is settled; default 1, the first
 * @returns {Promise<BankSimulator>}
 */
export async function startBankSimulator({ port = 0, settleAfter = 1 } = {}) {
  /** @type {Map<string, Payment>} */
  const payments = new Map();
  /** @type {Map<string, string>} */
  const contents = new Map();
  /** @type {Set<string>} */
  const conflicts = new Set();
  /** @type {Rule[]} */
  let rules = [];

  /** The rule that a call follows. @param {'submit' | 'status'} on @param {string} reference @param {string} [account] */
  const behaviour = (on, reference, account) => {
    const rule = rules.find(
      (one) =>
        (one.on ?? 'submit') === on &&
        (one.times === undefined || one.times > 0) &&
        (one.reference === undefined || one.reference === reference) &&
        (one.account === undefined || one.account === account),
    );
    if (rule?.times !== undefined) rule.times -= 1;
    rule?.when?.();
    return rule;
  };

  /** @param {any} body @param {string | undefined} does */
  const execute = (body, does) => {
    const { reference, amount, currency, creditor } = body;
    const known = payments.get(reference);
    if (known) return known;
    const rejected = does === 'reject' ? 'AM04' : does === 'bad-account' ? 'AC04' : undefined;
    /** @type {Payment} */
    const payment = {
      reference,
      amount,
      currency,
      account: creditor.account,
      name: creditor.name,
      status: rejected ? 'rejected' : does === 'settle' ? 'settled' : 'accepted',
      executed: rejected ? 0 : 1,
      submitted: 0,
      asked: 0,
      ...(rejected && { code: rejected, message: rejected === 'AC04' ? 'account closed' : 'refused' }),
    };
    payments.set(reference, payment);
    return payment;
  };

  const server = createServer((request, response) => {
    const chunks = /** @type {Buffer[]} */ ([]);
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://bank').pathname;
      if (request.method === 'POST' && path === '/payments')
        void submit(Buffer.concat(chunks).toString('utf8'), response);
      else if (request.method === 'GET' && path.startsWith('/payments/')) status(path.slice(10), response);
      else answer(response, 404, { code: 'route.not-found' });
    });
  });

  /** @param {string} text @param {import('node:http').ServerResponse} response */
  async function submit(text, response) {
    const body = JSON.parse(text);
    const { reference } = body;
    const content = JSON.stringify([body.amount, body.currency, body.creditor]);
    if ((contents.get(reference) ?? content) !== content) {
      conflicts.add(reference);
      return answer(response, 409, { code: 'reference.conflict', reference });
    }
    const rule = behaviour('submit', reference, body.creditor.account);
    const does = rule?.does;
    await rule?.first?.();
    if (spoil(response, does, 'before')) return;
    contents.set(reference, content);
    const payment = execute(body, does);
    payment.submitted += 1;
    if (does === 'accept-then-reject') rules = [{ on: 'status', reference, does: 'rejected' }, ...rules];
    if (spoil(response, does, 'after')) return;
    answer(response, payment.status === 'rejected' ? 422 : 201, said(payment, does));
  }

  /** @param {string} reference @param {import('node:http').ServerResponse} response */
  function status(reference, response) {
    const payment = payments.get(reference);
    const does = behaviour('status', reference, payment?.account)?.does;
    if (spoil(response, does, 'before') || spoil(response, does, 'after')) return;
    if (!payment) return answer(response, 404, { code: 'payment.not-found', reference });
    payment.asked += 1;
    if (does === 'rejected') {
      // Nothing left after all.
      Object.assign(payment, { status: 'rejected', executed: 0, code: 'AM04', message: 'refused' });
    } else if (payment.status === 'accepted' && payment.asked >= settleAfter) payment.status = 'settled';
    answer(response, 200, said(payment, does));
  }

  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    behave: (rule) => {
      rules = [{ ...rule }, ...rules];
    },
    payments: () => [...payments.values()].map((payment) => ({ ...payment })),
    payment: (reference) => payments.get(reference),
    conflicts: () => [...conflicts],
    forget: () => {
      rules = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

/**
 * Does to an answer what a rule wants done to it.
 * @param {import('node:http').ServerResponse} response
 * @param {string | undefined} does
 * @param {'before' | 'after'} when
 * @returns {boolean} whether the call is over
 */
function spoil(response, does, when) {
  if (does === `time-out-${when}`) return true; // the socket stays open until the caller gives up
  if (does === `break-${when}`) return Boolean(response.socket?.destroy());
  if (does === `error-${when}`) answer(response, 500, { code: 'internal' });
  else if (does === 'rate-limit') answer(response, 429, { code: 'slow-down' }, { 'retry-after': '0' });
  else if (does === 'garbage' && when === 'after') response.writeHead(200).end('<html>accepted</html>');
  else return false;
  return true;
}

/** @param {Payment} payment @param {string | undefined} does */
function said({ reference, amount, currency, status, code, message }, does) {
  return {
    reference,
    amount: does === 'other-amount' ? amount + 1 : amount,
    currency,
    status: does === 'settled' ? 'settled' : status,
    ...(code && { code, message }),
  };
}

/**
 * @param {import('node:http').ServerResponse} response @param {number} status @param {object} body
 * @param {Record<string, string>} [headers]
 */
function answer(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
