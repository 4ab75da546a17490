import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between the app and a store, and can cut the line. */
export interface TcpProxy {
  port: number;
  /** Drops every connection and refuses new ones. */
  cut(): void;
  /** Lets connections through again. */
  mend(): void;
  /** Takes everything and passes nothing on, as a store that has stopped without a word. */
  freeze(): void;
  /** Passes on what has come meanwhile. */
  thaw(): void;
  close(): Promise<void>;
}

/** `listen`: where; any free port without it. */
export async function startTcpProxy(host: string, port: number, listen = 0): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let whole = true;
  let frozen = false;
  const server = createServer((client) => {
    if (!whole) {
      client.destroy();
      return;
    }
    const upstream = connect(port, host);
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        peer.destroy();
      });
      socket.pipe(peer);
      if (frozen) socket.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(listen, '127.0.0.1', resolve));
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    mend: () => {
      whole = true;
    },
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
