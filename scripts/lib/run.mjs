// @ts-check
import { spawn } from 'node:child_process';
import { root } from './say.mjs';

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {AbortSignal} [options.signal]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {boolean} [options.show] the command's output goes to the terminal instead of into the result
 * @param {boolean} [options.uninterruptible] a signal waits for the end; for what must not be left half-done
 * @returns {Promise<{ code: number, output: string, stdout: string }>} `code` is 127 if it could not be started
 */
export async function run(command, args, { signal, env, cwd = root, show, uninterruptible } = {}) {
  signal?.throwIfAborted();
  // A session of its own keeps the terminal's Ctrl-C away from a command that nobody looks at.
  const child = spawn(command, args, {
    cwd,
    env,
    detached: !show,
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => ((output += text), (stdout += text)));
  child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
  // A negative number means the whole group: npm and shells do not always pass a signal on.
  const stop = () => child.pid && !uninterruptible && process.kill(show ? child.pid : -child.pid, 'SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  const code = await new Promise((resolve) => {
    child.once('error', (error) => ((output += error.message), resolve(127)));
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  return { code, output, stdout };
}

/**
 * The end of a long output, for a message.
 * @param {string} output
 * @param {number} [lines]
 */
export function tail(output, lines = 15) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
