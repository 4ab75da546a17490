// @ts-check
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that nobody listens on just now: the one wanted, or any with 0. Rejects when the one wanted is taken.
 * @param {{ host?: string, port?: number }} [wanted]
 * @returns {Promise<number>}
 */
export async function freePort({ host = '127.0.0.1', port: wanted = 0 } = {}) {
  const server = createServer();
  await once(server.listen(wanted, host), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
