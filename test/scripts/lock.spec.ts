import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tryLock } from '../../scripts/lib/lock.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'yinke-lock-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Another process that takes the lock and keeps it. */
async function holder(file: string) {
  const module = pathToFileURL(resolve('scripts/lib/lock.mjs')).href;
  const program = `import { tryLock } from '${module}'; tryLock(process.argv[1]); console.log('mine'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

it('is kept from others while its process lives, and theirs at once when that was killed', async () => {
  const file = join(folder, 'lock');
  const child = await holder(file);
  expect(tryLock(file)).toBeUndefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const release = tryLock(file);
  expect(release).toBeDefined();
  release?.();
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['was written by a process whose number another one has now', JSON.stringify({ pid: process.pid, startTime: '1' })],
  ['is cut off half-way', '{"pid":'],
])('is worth nothing when it %s', (_case, content) => {
  const file = join(folder, 'lock');
  writeFileSync(file, content);
  expect(tryLock(file)).toBeDefined();
  expect(tryLock(file)).toBeUndefined();
});
