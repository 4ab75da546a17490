// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Refusal, root } from './say.mjs';

/**
 * Plays the demo, and keeps it until `stop`.
 * @param {{ env?: NodeJS.ProcessEnv, heard?: (text: string) => void }} [options] `heard` is given what the demo says
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>} where the start page is
 */
export async function keepDemo({ env = {}, heard = () => undefined } = {}) {
  const child = spawn(process.execPath, [join(root, 'demo/main.mjs'), '--keep'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  };
  let output = '';
  /** @type {Promise<string>} */
  const address = new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      heard(chunk);
      output += chunk;
      const found = /打开\s+(http:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Refusal('the demo ended before it could be looked at')));
  });
  return { address: await address, stop };
}
