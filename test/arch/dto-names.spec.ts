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

test('a member of a body that may be left out may be null, and its type says so: the compiler then asks what null means', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.dto.ts'));
  const optional = files.flatMap((file) =>
    readFileSync(join('src', file), 'utf8')
      .split(/^export (?:abstract )?class /m)
      .slice(1)
      .filter((text) => /^\w+Dto\b/.test(text))
      .flatMap((text) =>
        [...text.matchAll(/@IsOptional\(\)[^;]*?\n {2}(\w+)\?: ([^;]+);/g)].map(([, name, type]) => ({
          member: `${/^\w+/.exec(text)?.[0] ?? ''}.${name ?? ''}`,
          type: type ?? '',
        })),
      ),
  );
  expect(optional.length).toBeGreaterThan(50);
  expect(optional.filter(({ type }) => !/\bnull\b/.test(type)).map(({ member }) => member)).toEqual([]);
});
