import * as fc from 'fast-check';
import { History } from '../support/history/history.js';
import { Program } from '../support/history/program.js';
import { histories } from '../support/history/histories.js';

/**
 * 1,000 histories in CI, 100 elsewhere, where somebody waits. `YINKE_HISTORIES=20000 npm test -- histories` for any number;
 * `YINKE_HISTORIES_SEED` for those of a failure.
 */
const numRuns = Number(process.env.YINKE_HISTORIES ?? (process.env.CI ? 1_000 : 100));
const seed = process.env.YINKE_HISTORIES_SEED;

let program: Program;
beforeAll(async () => {
  program = await Program.start();
});
afterAll(() => program.close());

describe('any history of a shop', () => {
  it(
    'leaves the books as a model in memory says, and every invariant true, after every step',
    () =>
      fc.assert(
        fc.asyncProperty(histories, (steps) => new History(program).run(steps)),
        { numRuns, ...(seed !== undefined && { seed: Number(seed) }) },
      ),
    60_000 + numRuns * 5_000,
  );
});
