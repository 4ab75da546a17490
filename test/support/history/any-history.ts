import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { histories } from './histories.js';
import { History } from './history.js';
import { Program } from './program.js';

/** The spec files that share the histories, so that both of jest's workers have something to do. */
const FILES = 2;

/**
 * 200 new histories each time; `npm run test:long` tries thousands, and `YINKE_HISTORIES` any number. A failure prints its
 * seed: `YINKE_HISTORIES_SEED` repeats it.
 */
const all = Number(process.env.YINKE_HISTORIES ?? 200);
const numRuns = Math.ceil(all / FILES);
const given = process.env.YINKE_HISTORIES_SEED;

/** The test of one file: other histories in each file and each time. */
export function describeAnyHistory(): void {
  const seed = given !== undefined ? Number(given) : randomInt(2 ** 31);
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
