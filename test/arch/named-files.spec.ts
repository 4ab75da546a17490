import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['src', 'test', 'scripts', 'demo', 'simulators', 'bench', 'sdk', 'docs'];
const files = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => !file.includes('node_modules'));
const known = [...files, ...readdirSync('.')];

test('every file that a comment names is there', () => {
  const missing = files
    .filter((file) => /\.(ts|mjs|js)$/.test(file) && !file.includes('fixtures'))
    .flatMap((file) => {
      const comments = readFileSync(file, 'utf8').match(/^\s*(\/\*\*|\*|\/\/) .*$/gm) ?? [];
      return comments
        .flatMap((comment) => comment.match(/[\w./-]+\.(ts|mjs|md)\b/g) ?? [])
        .map((named) => named.replace(/^(\.*\/)+/, ''))
        .filter((named) => !known.some((one) => one === named || one.endsWith(`/${named}`)))
        .map((named) => `${file}: ${named}`);
    });
  expect(missing).toEqual([]);
});
