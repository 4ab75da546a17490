// @ts-check
/** The load generator, a process of its own: asks a server as fast as it answers, and says how fast that was. */
import autocannon from 'autocannon';

/**
 * @typedef {object} Load
 * @property {string} url
 * @property {'GET' | 'POST'} method
 * @property {Record<string, string>} headers
 * @property {{ path?: string, body?: string }[]} requests asked in turn, over all connections
 * @property {number} status expected of every answer
 * @property {number} connections
 * @property {number} [seconds] how long; without it each request is asked once
 * @property {boolean} [keep] whether the bodies of the answers are wanted
 *
 * @typedef {{ perSecond: number, answers: number, p50: number, p99: number, bodies: string[] }} Answered
 */

process.on('message', (/** @type {Load} */ load) => {
  generate(load).then(
    (answered) => process.send?.({ answered }),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.once('disconnect', () => process.exit());

/** @param {Load} load @returns {Promise<Answered>} */
async function generate({ url, method, headers, requests, status, connections: wanted, seconds, keep }) {
  const connections = seconds === undefined ? Math.min(wanted, requests.length) : wanted;
  /** @type {string[]} */
  const bodies = [];
  const onResponse = (/** @type {number} */ _status, /** @type {string} */ body) => void bodies.push(body);
  let client = 0;
  let begin = performance.now();
  const result = await autocannon({
    url,
    method,
    headers,
    connections,
    ...(seconds === undefined ? { amount: requests.length } : { duration: seconds }),
    sampleInt: seconds === undefined ? 10 : 1000, // it stops at the next sample
    timeout: 60,
    // Each connection has its share of the requests, made beforehand: the generator must not be what is measured.
    setupClient: (one) => {
      const own = client++;
      const share = requests.filter((_, n) => requests.length < connections || n % connections === own);
      one.setRequests(share.map((request) => ({ method, headers, ...request, ...(keep && { onResponse }) })));
      begin = performance.now();
    },
  });
  const { total } = result.requests;
  const perSecond = (total * 1000) / (performance.now() - begin);
  if (total === 0) throw new Error(`${method} ${url}: nothing was answered in time; make BENCH_SECONDS longer`);
  const codes = Object.keys(result.statusCodeStats ?? {});
  if (result.errors > 0 || codes.some((code) => code !== String(status)))
    throw new Error(`${method} ${url}: ${result.errors} errors, ${codes.join(', ')} where ${status} was expected`);
  return { perSecond, answers: total, p50: result.latency.p50, p99: result.latency.p99, bodies };
}
