import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One address before several processes, as a balancer in front of a service: it sends new connections to who is ready. */
export interface Balancer {
  baseUrl: string;
  /** New connections that a process took. */
  taken: ReadonlyMap<number, number>;
  close(): void;
}

const LOOK_MS = 200;

/** `ports`: of the processes, on this machine; each is asked at `/readyz` all the time, as balancers do. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const ready = new Set<number>(ports);
  const sockets = new Set<Socket>();
  const taken = new Map<number, number>(ports.map((port) => [port, 0]));
  let turn = 0;
  const look = setInterval(() => {
    for (const port of ports)
      void fetch(`http://127.0.0.1:${port.toString()}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
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
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => peer.destroy());
      socket.on('close', () => sockets.delete(socket));
      socket.pipe(peer);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}`,
    taken,
    close: () => {
      clearInterval(look);
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
