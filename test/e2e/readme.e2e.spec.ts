import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { ADMIN } from '../support/test-config.js';
import { startTestWorker } from '../support/worker.js';

let app: TestApp;
let worker: INestApplicationContext;

beforeAll(async () => {
  app = await startTestApp();
  worker = await startTestWorker(app);
});
afterAll(async () => {
  await worker.close();
  await app.close();
});

it('the commands of the README run from top to bottom on a fresh start, and end with a reward', async () => {
  const readme = readFileSync('README.md', 'utf8');
  const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, commands]) => commands ?? '');
  const [walk, ...others] = blocks.filter((commands) => !commands.includes('npm '));
  expect(others).toEqual([]);
  const here: Record<string, string> = { YINKE: app.baseUrl, EMAIL: ADMIN.email, PASSWORD: ADMIN.password };
  const script = (walk ?? '').replace(
    /^(YINKE|EMAIL|PASSWORD)=.*$/gm,
    (_line, name: string) => `${name}='${here[name]}'`,
  );
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', script]);
  expect(stderr).toBe('');
  expect(stdout).toContain("asset: 'CNY'");
  expect(stdout).toContain('available: 4500');
  expect(stdout).toContain('The reward is 45.00 CNY, available at once.');
});
