import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

test('a class of the API is named Dto (a body or an answer) or Query (a query string)', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.dto.ts'));
  const names = files.flatMap((file) =>
    [...readFileSync(join('src', file), 'utf8').matchAll(/^export (?:abstract )?class (\w+)/gm)].map(
      (found) => found[1]!,
    ),
  );
  expect(names.length).toBeGreaterThan(200);
  expect(names.filter((name) => !/(Dto|Query)$/.test(name))).toEqual([]);
});
