// @ts-check
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { embeds, ensureBinaries } from '../embedded-stores/index.mjs';
import { dataFolder } from '../lib/data-folder.mjs';
import { waitForLock } from '../lib/lock.mjs';
import { say } from '../lib/say.mjs';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';

/**
 * Everything that a fresh clone lacks. Scripts of one checkout that start at the same time do it one after the other.
 * @param {{ build?: boolean | 'pages' | 'program', stores?: boolean, signal?: AbortSignal }} wanted `pages`, `program`: of what is built, that alone
 */
export async function setUp({ build = true, stores = true, signal }) {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const release = await waitForLock(join(dataFolder, 'set-up.lock'), {
    signal,
    onWait: () => say('Waiting for another command of this checkout to finish its set-up …'),
  });
  try {
    await ensureDependencies(signal);
    if (stores && (embeds.database || embeds.redis)) await ensureBinaries(signal);
    if (build) await ensureBuild({ only: build === true ? undefined : build, signal });
  } finally {
    release();
  }
}
