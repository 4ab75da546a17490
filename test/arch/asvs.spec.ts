import { existsSync, readFileSync } from 'node:fs';

/** docs/asvs.md says where each requirement of OWASP ASVS 5.0 level 2 is met; this holds it against the files. */
const page = readFileSync('docs/asvs.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| V'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, ids = '', about = '', state = '', where = '']) => ({ ids: ids.split(', '), about, state, where }));

it('each requirement of levels 1 and 2 stands there once', () => {
  const ids = rows.flatMap((row) => row.ids);
  expect(ids).toHaveLength(253);
  expect(new Set(ids).size).toBe(253);
});

it.each(rows)('$ids.0 $about', ({ state, where }) => {
  expect(['done', 'partly', 'not done', 'n/a', 'operator']).toContain(state);
  const files = [...where.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).filter((name) => /[./]/.test(name));
  const paths = files.filter((name) => !/^@|:\/\//.test(name));
  expect(paths.filter((name) => !existsSync(name))).toEqual([]);
  // What is not done says so by itself; everything else says where, or why.
  if (['done', 'partly', 'n/a'].includes(state)) expect(where).not.toBe('');
});

it('the sum at its head is that of its rows', () => {
  const sum = (state: string) => rows.filter((row) => row.state === state).flatMap((row) => row.ids).length;
  for (const state of ['done', 'partly', 'not done', 'n/a', 'operator'])
    expect(page).toContain(`${sum(state)} ${state}`);
});
