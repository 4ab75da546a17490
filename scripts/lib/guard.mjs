// @ts-check
/**
 * Runs one store and stops it when the script that wanted it is gone, for whatever reason: a `kill -9` closes the pipe
 * on our standard input as surely as a clean end does. The script starts us in a session of our own, so that the
 * terminal's Ctrl-C reaches the script alone, which stops the service first and the stores after it.
 */
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { writeIdentity } from './processes.mjs';

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
  rmSync(pidFile, { force: true });
  process.exit(code ?? 1);
});

function stop() {
  store.kill('SIGTERM');
  setTimeout(() => store.kill('SIGKILL'), 60_000);
}
process.stdin.once('close', stop).on('error', stop).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
