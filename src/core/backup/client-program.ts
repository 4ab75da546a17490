import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { environmentWith } from '../config.js';
import { tlsAuthorityOf } from '../database-tls.js';
import { BackupTrouble } from './backup-trouble.js';

/** What MariaDB's own programs are asked to do. */
interface Asked {
  program: 'mariadb-dump' | 'mariadb';
  url: string;
  options: readonly string[];
  /** What follows the name of the database. */
  rest?: readonly string[];
}

/** One of MariaDB's own programs at work. `ended` rejects with its own words when it fails. */
export interface RunningClient {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  ended: Promise<void>;
}

/** Starts one on the database of a URL. The password goes by the environment, where other people of the machine do not see it. */
export function startClient({ program, url, options, rest = [] }: Asked): RunningClient {
  const { hostname, port, username, password, pathname } = new URL(url);
  const where = ['--protocol=tcp', `--host=${hostname.replace(/^\[|\]$/g, '')}`, `--port=${port || '3306'}`];
  const child = spawn(
    program,
    [
      ...where,
      ...tlsOptions(url),
      `--user=${decodeURIComponent(username)}`,
      ...options,
      decodeURIComponent(pathname.slice(1)),
      ...rest,
    ],
    { env: environmentWith({ MYSQL_PWD: decodeURIComponent(password) }), stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  // Who ends early closes its input; why it ended is told by `ended`.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = `${program} is not installed; on Debian and Ubuntu it comes with: apt-get install mariadb-client`;
      reject(new BackupTrouble(error.code === 'ENOENT' ? missing : error.message));
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new BackupTrouble(`${program} ended with ${String(code ?? signal)}: ${said.trim()}`));
    });
  });
  ended.catch(() => undefined);
  return { child, ended };
}

function tlsOptions(url: string): string[] {
  const authority = tlsAuthorityOf(url);
  if (authority === undefined) return [];
  return ['--ssl', '--ssl-verify-server-cert', ...(authority === null ? [] : [`--ssl-ca=${authority}`])];
}
