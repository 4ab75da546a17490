// @ts-check
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../../../scripts/lib/data-folder.mjs';
import { run, tail } from '../../../scripts/lib/run.mjs';
import { Refusal, root, say } from '../../../scripts/lib/say.mjs';

/**
 * The program as it was at a commit, built beside this one. Only one that has the same tables and packages can run beside it.
 * @param {string} commit @param {AbortSignal} signal @param {import('../../../scripts/lib/script.mjs').Undo} undo
 */
export async function otherVersion(commit, signal, undo) {
  const git = async (/** @type {string[]} */ ...args) => {
    const { code, output } = await run('git', args, { signal });
    if (code !== 0) throw new Refusal(`git ${args.join(' ')}: ${tail(output)}`);
    return output.trim();
  };
  const short = await git('rev-parse', '--short', `${commit}^{commit}`);
  const changed = await git('diff', '--stat', short, '--', 'src/core/migrations', 'package-lock.json');
  if (changed !== '')
    throw new Refusal(`${short} has other tables or packages and cannot run beside this version:\n${changed}`);
  const home = join(dataFolder, 'faults-beside');
  await run('git', ['worktree', 'remove', '--force', home]);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(dataFolder, { recursive: true });
  undo.add(() => run('git', ['worktree', 'remove', '--force', home]));
  await git('worktree', 'add', '--detach', home, short);
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  say(`Building ${short} …`);
  const build = await run('npm', ['run', '--silent', 'build:program'], { cwd: home, signal });
  if (build.code !== 0) throw new Refusal(`the build of ${short} failed:\n${tail(build.output, 40)}`);
  return { home, commit: short };
}
