// @ts-check
/**
 * A dependency rule that cannot fail is worth nothing: each rule of .dependency-cruiser.cjs must be broken by the fixture
 * that is named after it (and nothing must be called broken that no fixture is named after).
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

const { stdout, stderr } = spawnSync(
  join(root, 'node_modules/.bin/depcruise'),
  ['src', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'],
  { cwd: join(here, 'fixtures'), encoding: 'utf8' },
);
if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer: ${stderr}`);

/** @type {{ from: string, rule: { name: string } }[]} */
const violations = JSON.parse(stdout).summary.violations;
const silent = forbidden
  .map((/** @type {{ name: string }} */ rule) => rule.name)
  .filter(
    (/** @type {string} */ name) => !violations.some((v) => v.rule.name === name && basename(v.from, '.ts') === name),
  );

for (const name of silent) console.error(`the rule ${name} let its fixture pass`);
if (silent.length > 0) process.exit(1);
console.log(`${forbidden.length} dependency rules, each broken by its fixture`);
