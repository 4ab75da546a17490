import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { histories } from './histories.js';
import { History } from './history.js';
import { Program } from './program.js';

/** The spec files that share the histories, so that both of jest's workers have something to do. */
const FILES = 2;

/**
 * 1,000 histories in CI, 100 elsewhere, where somebody waits. `YINKE_HISTORIES=20000 npm test -- histories` for any number;
 * `YINKE_HISTORIES_SEED` for those of a failure. In CI the seeds are fixed, so that it says the same of the same commit.
 */
const all = Number(process.env.YINKE_HISTORIES ?? (process.env.CI ? 1_000 : 100));
const numRuns = Math.ceil(all / FILES);
const given = process.env.YINKE_HISTORIES_SEED;

/** The test of one file: other histories in each file and, but for CI, each time. */
export function describeAnyHistory(file: 1 | 2): void {
  const seed = given !== undefined ? Number(given) : process.env.CI ? file : randomInt(2 ** 31);
  let program: Program;
  beforeAll(async () => {
    process.stdout.write(`${numRuns} histories of seed ${seed}\n`);
    program = await Program.start();
  });
  afterAll(() => program.close());

  describe('any history of a shop', () => {
    it(
      'leaves the books as a model in memory says, and every invariant true, after every step',
      () =>
        fc.assert(
          fc.asyncProperty(histories, (steps) => new History(program).run(steps)),
          { numRuns, seed },
        ),
      60_000 + numRuns * 5_000,
    );
  });
}
