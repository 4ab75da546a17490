import { existsSync, readFileSync } from 'node:fs';

/** docs/claims.md says where every clause of the claims is done and which test shows it; this holds it against the code. */
const page = readFileSync('docs/claims.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| clause'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, clause = '', rooms = '', call = '', file = '', shownBy = '']) => ({ clause, rooms, call, file, shownBy }));
const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

describe('every clause of the claims', () => {
  it('has its row: all fifteen claims are there', () => {
    for (let claim = 1; claim <= 15; claim += 1)
      expect([claim, new RegExp(`\\b[Cc]laims? ([0-9]+(, | and ))*${claim}\\b`).test(page)]).toEqual([claim, true]);
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows)('$clause', ({ rooms, call, file, shownBy }) => {
    for (const room of rooms.split(', ')) expect([room, existsSync(`src/${room}`)]).toEqual([room, true]);
    for (const [, method = '', path = ''] of call.matchAll(/`(GET|POST|PUT|DELETE) ([^`?]+)`/g))
      expect([method, path, paths[path]?.[method.toLowerCase()] !== undefined]).toEqual([method, path, true]);
    const source = /^`(src\/[^`]+)`$/.exec(file)?.[1] ?? '';
    expect([source, existsSync(source)]).toEqual([source, true]);
    const [, spec = '', title = ''] = /^`(test\/[^`]+)` “(.+)”$/.exec(shownBy) ?? [];
    expect(readFileSync(spec, 'utf8')).toMatch(new RegExp(`(it|describe)(\\.each)?\\(\\s*'${escaped(title)}'`));
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
