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

/** What a look at a server found. */
interface Found {
  /** Null when it takes writes. */
  trouble: Error | null;
  /** Of a Galera cluster: how many it sees with itself, and where the cluster is written to; null when nobody has said. */
  members: number;
  writtenAt: string | null;
}

/** Whether a server takes writes, by its own word; one of a Galera cluster only if it is one of the majority and has caught up. */
const VARIABLES = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'wsrep_on')";
const STATUS =
  "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_cluster_size')";

/** Where a Galera cluster is written to: a row of its own, on which two that choose differently meet. */
const WRITTEN_AT = 'SELECT address FROM cluster_writer WHERE id = 1';
const FIRST_WRITER = 'INSERT INTO cluster_writer (id, address) VALUES (1, ?)';
const NEXT_WRITER = 'UPDATE cluster_writer SET address = ? WHERE id = 1 AND address = ?';
/** Before the first migration there is nothing to agree on; who may not write there writes nothing at all. */
const NOTHING_TO_AGREE_ON = ['ER_NO_SUCH_TABLE', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR'];

/**
 * Which of several servers of one database a pool writes to: the first of the list that takes writes. Of a server that is gone, what still waits for an
 * answer is cut off.
 *
 * Locks of a row are not known to the other servers of a Galera cluster, so all processes write to the same one. Which, stands in the cluster itself, and is
 * changed only when that one is no longer a member: then it can commit nothing any more. One that comes back is not gone back to.
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
    const all = await Promise.all(this.servers.map(async (server) => ({ server, found: await this.lookAt(server) })));
    if (this.ended) return;
    for (const { server, found } of all) {
      if (found.trouble === null || mayBeBusy(server)) continue;
      for (const socket of server.sockets) socket.destroy(lost());
    }
    try {
      this.chosen = await this.choose(all);
    } catch (error) {
      this.chosen = null;
      this.trouble = error as Error;
    }
  }

  /** Throws when there is none. */
  private async choose(all: readonly { server: Server; found: Found }[]): Promise<Server> {
    const [best] = all.filter(({ found }) => found.trouble === null);
    if (best === undefined) {
      if (this.chosen !== null && mayBeBusy(this.chosen)) return this.chosen;
      throw all[0]?.found.trouble ?? noWriter();
    }
    if (!best.server.isGalera) {
      const before = all.find(({ server }) => server === this.chosen);
      return before !== undefined && mayBeBusy(before.server) ? before.server : best.server;
    }
    // By its own word: one that has come back takes writes only when it knows whom the others have agreed on meanwhile.
    const agreed = all.find(({ server, found }) => found.trouble === null && found.writtenAt === nameOf(server));
    if (agreed) return agreed.server;
    const { writtenAt, members } = best.found;
    const named = all.find(({ server }) => nameOf(server) === writtenAt);
    if (named && mayBeBusy(named.server)) return named.server;
    if (named?.found.trouble === null) throw noWriter();
    if (writtenAt !== null) {
      const seen = all.filter(({ found }) => found.members > 0).length;
      // A member that is out of our reach alone is written to by the others.
      if (members > seen) throw noWriter(`it is written to at ${writtenAt}, which is out of reach or not in the list`);
    }
    await this.agree(best.server, writtenAt);
    return best.server;
  }

  /** Says to all processes that the cluster is written to there. Throws when another one was faster; the next look finds which. */
  private async agree(server: Server, before: string | null): Promise<void> {
    const name = nameOf(server);
    try {
      if (before === null) await this.query(server, FIRST_WRITER, [name]);
      else await this.query(server, NEXT_WRITER, [name, before]);
    } catch (error) {
      if (!NOTHING_TO_AGREE_ON.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      return;
    }
    if ((await this.writtenAt(server)) !== name) throw noWriter();
  }

  private async lookAt(server: Server): Promise<Found> {
    try {
      const found = await this.stateOf(server);
      server.silentLooks = 0;
      return found;
    } catch (error) {
      server.silentLooks = isSilence(error) ? server.silentLooks + 1 : SILENT_LOOKS;
      return { members: 0, writtenAt: null, trouble: error as Error };
    }
  }

  private async stateOf(server: Server): Promise<Found> {
    const nothing = { members: 0, writtenAt: null };
    const variables = await this.ask(server, VARIABLES);
    server.isGalera = variables.get('wsrep_on') === 'ON';
    const readOnly = variables.get('read_only') === 'OFF' ? null : noWriter();
    if (!server.isGalera) return { ...nothing, trouble: readOnly };
    const status = await this.ask(server, STATUS);
    if (status.get('wsrep_cluster_status') !== 'Primary') return { ...nothing, trouble: noWriter() };
    const members = Number(status.get('wsrep_cluster_size'));
    if (status.get('wsrep_ready') !== 'ON') return { ...nothing, members, trouble: noWriter() };
    return { members, trouble: readOnly, writtenAt: await this.writtenAt(server) };
  }

  /** Where this server says that the cluster is written to. */
  private async writtenAt(server: Server): Promise<string | null> {
    try {
      const [row] = await this.query(server, WRITTEN_AT);
      return row === undefined ? null : String(row.address);
    } catch (error) {
      if (NOTHING_TO_AGREE_ON.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
      throw error;
    }
  }

  private async ask(server: Server, sql: string): Promise<Map<string, string>> {
    const rows = await this.query(server, sql);
    return new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
  }

  private query(server: Server, sql: string, values: readonly (string | null)[] = []): Promise<RowDataPacket[]> {
    const connection = (server.connection ??= this.connect(server));
    return new Promise((resolve, reject) => {
      connection.query<RowDataPacket[]>({ sql, values: [...values], timeout: PATIENCE_MS }, (error, found) => {
        // The next question would wait behind one that is not answered.
        if (error) forget(server);
        if (error) reject(error);
        else resolve(found);
      });
    });
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

const nameOf = ({ host, port }: Address): string => `${host}:${port}`;

/** One silence may be a busy machine. */
const mayBeBusy = ({ silentLooks }: Server): boolean => silentLooks > 0 && silentLooks < SILENT_LOOKS;

function isSilence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ETIMEDOUT' || code === 'PROTOCOL_SEQUENCE_TIMEOUT';
}

function noWriter(why = 'no server of the database takes writes'): Error {
  return Object.assign(new Error(why), { code: NO_WRITER });
}

function lost(): Error {
  return Object.assign(new Error('the server of this connection takes no writes any more'), { code: 'ECONNRESET' });
}
