// @ts-check
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * One connection between a process and a store.
 * @typedef {object} Link
 * @property {(bytes: Buffer) => void} toServer
 * @property {(bytes: Buffer) => void} toClient
 * @property {() => void} cut
 */

/**
 * What is done with what either side sends.
 * @typedef {object} Reader
 * @property {(bytes: Buffer) => void} fromClient
 * @property {(bytes: Buffer) => void} fromServer
 */

/**
 * Stands between one process and a store, whose port may change when it is started anew.
 * @typedef {object} StoreProxy
 * @property {number} port
 * @property {(port: number) => void} aim
 * @property {() => void} cut drops every connection and refuses new ones
 * @property {() => void} drop drops every connection and takes new ones
 * @property {() => void} mend
 * @property {() => void} freeze takes everything and passes nothing on
 * @property {() => void} thaw
 * @property {() => Promise<void>} close
 */

/**
 * @param {number} target the store's port
 * @param {(link: Link) => Reader} read
 * @returns {Promise<StoreProxy>}
 */
export async function startStoreProxy(target, read) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  let whole = true;
  let frozen = false;
  const server = createServer((client) => {
    if (!whole) return void client.destroy();
    const upstream = connect(target, '127.0.0.1');
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ]) {
      if (!socket || !peer) continue;
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        peer.destroy();
      });
      if (frozen) socket.pause();
    }
    const reader = read({
      toServer: (bytes) => void (upstream.destroyed || upstream.write(bytes)),
      toClient: (bytes) => void (client.destroyed || client.write(bytes)),
      cut: () => {
        client.destroy();
        upstream.destroy();
      },
    });
    client.on('data', reader.fromClient);
    upstream.on('data', reader.fromServer);
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
    if (frozen) [client, upstream].forEach((socket) => socket.pause());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const drop = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: /** @type {import('node:net').AddressInfo} */ (server.address()).port,
    aim: (port) => {
      target = port;
    },
    drop,
    cut: () => {
      whole = false;
      drop();
    },
    mend: () => {
      whole = true;
    },
    freeze: () => {
      frozen = true;
      sockets.forEach((socket) => socket.pause());
    },
    thaw: () => {
      frozen = false;
      sockets.forEach((socket) => socket.resume());
    },
    close: async () => {
      drop();
      server.close();
      await once(server, 'close').catch(() => undefined);
    },
  };
}
