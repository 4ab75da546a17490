// @ts-check
/**
 * Runs one store and stops it when the script that wanted it is gone, for whatever reason: a `kill -9` closes the pipe
 * on our standard input as surely as a clean end does. The script starts us in a session of our own, so that the
 * terminal's Ctrl-C reaches the script alone, which stops the service first and the stores after it.
 */
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { readIdentity, writeIdentity } from '../lib/pid-files.mjs';

/** @type {{ command: string, args: string[], argv0?: string, cwd: string, logFile: string, pidFile: string }} */
const { command, args, argv0, cwd, logFile, pidFile } = JSON.parse(process.argv[2] ?? '{}');

const log = openSync(logFile, 'w', 0o600);
const store = spawn(command, args, { argv0, cwd, stdio: ['ignore', log, log] });
store.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
if (store.pid) writeIdentity(pidFile, store.pid);
store.on('exit', (code) => {
  if (readIdentity(pidFile)?.pid === store.pid) rmSync(pidFile, { force: true }); // it may be a later run's by now
  process.exit(code ?? 1);
});

function stop() {
  store.kill('SIGTERM');
  setTimeout(() => store.kill('SIGKILL'), 60_000);
}
// A word means that nobody needs the store any more. The mere end means that the script was killed; the service has
// noticed it too just now and wants its stores for another moment, to end in good order.
process.stdin.once('data', stop);
process.stdin.once('close', () => setTimeout(stop, 3_000));
process.stdin.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
