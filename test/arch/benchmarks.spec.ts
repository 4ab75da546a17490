import { readdirSync, readFileSync } from 'node:fs';
import { ALL } from '../../bench/all.mjs';

const SUFFIX = '.bench.mjs';
const files = readdirSync('bench').filter((file) => file.endsWith(SUFFIX));

test('every benchmark is a file of its name, and every such file is run', () => {
  expect(files.map((file) => file.slice(0, -SUFFIX.length)).sort()).toEqual([...ALL].sort());
});

test('every benchmark says what it is compared with, and stands in the table of docs/performance.md', () => {
  const page = readFileSync('docs/performance.md', 'utf8');
  for (const name of ALL) {
    const head = /\/\*\*[^]*?\*\//.exec(readFileSync(`bench/${name}${SUFFIX}`, 'utf8'))?.[0];
    expect(head).toMatch(/\blimit\b/i);
    expect(page).toContain(`\`${name}`);
  }
});
