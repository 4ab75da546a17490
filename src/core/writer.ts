import { connect, type Socket } from 'node:net';
import mysql2, { type Connection, type ConnectionOptions, type RowDataPacket } from 'mysql2';

/** One of the addresses of a database. */
export interface Address {
  host: string;
  port: number;
}

/** How often every address is looked at, and how long it may take to answer. */
const LOOK_MS = 1_000;
const PATIENCE_MS = 2_000;
/** So many silent looks in a row and a server is gone; one that refuses is at once. */
const SILENT_LOOKS = 2;

/** Code of the error when those that answer take no writes. */
export const NO_WRITER = 'YINKE_NO_WRITER';

/** One server, and what is known of it. */
interface Server extends Address {
  /** For looking at it. */
  connection: Connection | null;
  /** Those of the pool that lead to it. */
  sockets: Set<Socket>;
  isGalera: boolean;
  silentLooks: number;
}

/** Whether a server takes writes, by its own word; one of a Galera cluster only if it is one of the majority and has caught up. */
const VARIABLES = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'wsrep_on')";
const STATUS = "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_cluster_status')";

/**
 * Which of several servers of one database a pool writes to: the first of the list that takes writes. All processes have the same list, so that all
 * write to the same server but for the moment of a change. Of a server that is gone, what still waits for an answer is cut off.
 */
export class Writer {
  private readonly servers: readonly Server[];
  private readonly serverOf = new WeakMap<object, Server>();
  private chosen: Server | null = null;
  private looking: Promise<void> | null = null;
  private trouble: Error | null = null;
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(
    addresses: readonly Address[],
    private readonly options: Pick<ConnectionOptions, 'user' | 'password' | 'database'>,
  ) {
    this.servers = addresses.map((address) => ({
      ...address,
      connection: null,
      sockets: new Set(),
      isGalera: false,
      silentLooks: 0,
    }));
  }

  /** Resolves with its address when there is one; rejects with what is wrong with the first of the list when there is none. */
  async find(): Promise<Address> {
    this.timer ??= setInterval(() => void this.look(), LOOK_MS).unref();
    if (this.chosen === null) await this.look();
    if (this.chosen === null) throw this.trouble ?? noWriter();
    return this.chosen;
  }

  /** A socket to it, for the driver. */
  open(): Socket {
    const server = this.chosen ?? this.servers[0];
    if (server === undefined) throw new Error('no address');
    const socket = connect(server.port, server.host).setNoDelay(true).setKeepAlive(true);
    this.serverOf.set(socket, server);
    server.sockets.add(socket);
    socket.once('close', () => server.sockets.delete(socket));
    return socket;
  }

  /** Whether a connection leads to it. */
  isAtEndOf(connection: Connection): boolean {
    return this.serverOf.get((connection as unknown as { stream: object }).stream) === this.chosen;
  }

  /** Whether a read has to wait for what was written at other servers. */
  get isGalera(): boolean {
    return this.chosen?.isGalera ?? false;
  }

  /** Looks at all of them; calls at the same time share a look. */
  look(): Promise<void> {
    this.looking ??= this.lookNow().finally(() => (this.looking = null));
    return this.looking;
  }

  end(): void {
    this.ended = true;
    clearInterval(this.timer);
    for (const server of this.servers) forget(server);
  }

  private async lookNow(): Promise<void> {
    const answers = this.servers.map((server) => this.troubleWith(server));
    let first: Error | null = null;
    for (const [index, server] of this.servers.entries()) {
      const trouble = (await answers[index]) ?? null;
      if (this.ended) return;
      if (trouble === null) this.chosen = server;
      // One silence may be a busy machine.
      const mayBeBusy = server.silentLooks > 0 && server.silentLooks < SILENT_LOOKS;
      if (server === this.chosen && (trouble === null || mayBeBusy)) return;
      first ??= trouble;
      for (const socket of server.sockets) socket.destroy(lost());
    }
    this.chosen = null;
    this.trouble = first;
  }

  /** Null when it takes writes. */
  private async troubleWith(server: Server): Promise<Error | null> {
    try {
      const variables = await this.ask(server, VARIABLES);
      server.isGalera = variables.get('wsrep_on') === 'ON';
      server.silentLooks = 0;
      if (variables.get('read_only') !== 'OFF') return noWriter();
      if (!server.isGalera) return null;
      const status = await this.ask(server, STATUS);
      return status.get('wsrep_ready') === 'ON' && status.get('wsrep_cluster_status') === 'Primary' ? null : noWriter();
    } catch (error) {
      forget(server);
      server.silentLooks = isSilence(error) ? server.silentLooks + 1 : SILENT_LOOKS;
      return error as Error;
    }
  }

  private async ask(server: Server, sql: string): Promise<Map<string, string>> {
    const connection = (server.connection ??= this.connect(server));
    const rows = await new Promise<RowDataPacket[]>((resolve, reject) => {
      connection.query<RowDataPacket[]>({ sql, timeout: PATIENCE_MS }, (error, found) => {
        if (error) reject(error);
        else resolve(found);
      });
    });
    return new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
  }

  private connect({ host, port }: Address): Connection {
    const { user, password, database } = this.options;
    const connection = mysql2.createConnection({ host, port, user, password, database, connectTimeout: PATIENCE_MS });
    // Told by the question that was asked.
    return connection.on('error', () => undefined);
  }
}

function forget(server: Server): void {
  server.connection?.destroy();
  server.connection = null;
}

function isSilence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ETIMEDOUT' || code === 'PROTOCOL_SEQUENCE_TIMEOUT';
}

function noWriter(): Error {
  return Object.assign(new Error('no server of the database takes writes'), { code: NO_WRITER });
}

function lost(): Error {
  return Object.assign(new Error('the server of this connection takes no writes any more'), { code: 'ECONNRESET' });
}
