import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isAlive } from '../../scripts/lib/pid-files.mjs';
import { run } from '../../scripts/lib/run.mjs';

it('says how a command ended and what it wrote', async () => {
  const told = await run('sh', ['-c', 'echo one; echo two >&2; exit 3']);
  expect(told).toEqual({ code: 3, stdout: 'one\n', output: expect.stringMatching(/^(one\ntwo|two\none)\n$/) });
  expect(await run('no-such-command', [])).toMatchObject({ code: 127, output: expect.stringContaining('ENOENT') });
});

it('ends what a command has started, too, when it is cancelled', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yinke-run-'));
  const file = join(folder, 'pid');
  const controller = new AbortController();
  const ended = run('sh', ['-c', `sleep 300 & echo $! > '${file}'; wait`], { signal: controller.signal });
  const told = () => Number(readFileSync(file, { encoding: 'utf8', flag: 'a+' }));
  while (told() === 0) await sleep(20);
  const started = identityOf(told());
  expect(isAlive(started)).toBe(true);
  controller.abort(new Error('enough'));
  await expect(ended).rejects.toThrow('enough');
  for (let turn = 0; isAlive(started) && turn < 100; turn++) await sleep(20);
  expect(isAlive(started)).toBe(false);
  rmSync(folder, { recursive: true });
});
