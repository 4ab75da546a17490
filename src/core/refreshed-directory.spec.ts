import { RefreshedDirectory } from './refreshed-directory.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 28, 12, 0, second));

describe('a copy of a table in memory', () => {
  /** Looks at a database whose clock says these seconds, one a look. */
  async function lookAt(...seconds: number[]): Promise<(Date | null)[]> {
    const asked: (Date | null)[] = [];
    const directory = new RefreshedDirectory<never>(
      (since) => {
        asked.push(since);
        return Promise.resolve({ rows: [], asOf: at(seconds[asked.length - 1] ?? 0) });
      },
      () => undefined,
      1_000,
      () => undefined,
    );
    for (let look = 0; look < seconds.length; look += 1) await directory.refresh();
    return asked;
  }

  it('asks for all at first, then for what changed since ten seconds before the last look', async () => {
    expect(await lookAt(30, 31, 32)).toEqual([null, at(20), at(21)]);
  });

  it('asks for all again when the clock of the database went back: it is another server’s', async () => {
    expect(await lookAt(30, 5, 6, 7)).toEqual([null, at(20), null, at(-4)]);
  });
});
