// @ts-check
/** `npm run bench [-- name]`: every benchmark, or the named one, on stores with the durability of real data. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedSecrets, startStores } from './embedded-stores/index.mjs';
import { claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { run } from './lib/run.mjs';
import { Refusal, root, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

const suffix = '.bench.mjs';

await script(async (signal, undo) => {
  const [wanted, ...passedOn] = process.argv.slice(2);
  const bench = join(root, 'bench');
  const names = (existsSync(bench) ? readdirSync(bench) : [])
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  if (wanted && !names.includes(wanted)) throw new Refusal(`no benchmark ${wanted}; there are: ${names.join(', ')}`);

  const folder = join(dataFolder, 'bench');
  undo.add(await claimDataFolder(folder, { empty: true }));
  await setUp({ signal });
  const stores = await startStores({ folder, bufferPoolMb: 512, allPrivileges: true, signal });
  undo.add(stores.stop);
  const env = {
    ...embeddedSecrets(folder).environment,
    YINKE_EMBEDDED: '1',
    ...process.env,
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
  };
  let failures = 0;
  for (const name of wanted ? [wanted] : names) {
    say(`\n${name}`);
    const { code } = await run(process.execPath, [join(bench, name + suffix), ...passedOn], {
      env,
      show: true,
      signal,
    });
    if (code !== 0) failures++;
  }
  return failures === 0 ? 0 : 1;
});
