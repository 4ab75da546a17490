import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The commands install their dependencies themselves: what is loaded before that has to do with Node alone. */

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const commands = Object.values(scripts).flatMap((command) => /^node (\S+)$/.exec(command)?.[1] ?? []);

/** What a file imports at its top, and what that imports in turn. */
function imports(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?:[^;]*?\sfrom\s)?'([^']+)'/gm)]
    .map(([, name = '']) => name)
    .flatMap((name) => (name.startsWith('.') ? imports(join(dirname(file), name), seen) : [`${file}: ${name}`]));
}

it.each([...commands, 'scripts/embedded-stores/guard.mjs'])('%s starts in a clone without node_modules', (file) => {
  const found = imports(file);
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((one) => !one.includes(': node:'))).toEqual([]);
});
