// @ts-check
import { connect, createServer } from 'node:net';

/**
 * One address before several processes, as a balancer in front of a service: it sends new connections to who is ready.
 * @typedef {object} Balancer
 * @property {string} baseUrl
 * @property {ReadonlyMap<number, number>} taken new connections that a process took
 * @property {() => void} close
 */

const LOOK_MS = 200;

/**
 * @param {readonly number[]} ports of the processes, on this machine; each is asked at `/readyz` all the time, as balancers do
 * @returns {Promise<Balancer>}
 */
export async function startBalancer(ports) {
  const ready = new Set(ports);
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  /** @type {Map<number, number>} */
  const taken = new Map(ports.map((port) => [port, 0]));
  let turn = 0;
  const look = setInterval(() => {
    for (const port of ports)
      void fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
        async (answer) => {
          await answer.arrayBuffer();
          if (answer.ok) ready.add(port);
          else ready.delete(port);
        },
        () => ready.delete(port),
      );
  }, LOOK_MS);
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const open = ports.filter((port) => ready.has(port));
    const port = open[turn++ % open.length];
    if (port === undefined) {
      client.destroy();
      return;
    }
    taken.set(port, (taken.get(port) ?? 0) + 1);
    const upstream = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const [socket, peer] of /** @type {const} */ ([
      [client, upstream],
      [upstream, client],
    ])) {
      sockets.add(socket);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => sockets.delete(socket));
      socket.pipe(peer);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    taken,
    close: () => {
      clearInterval(look);
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
