/** What HTTP would make of an error, for answers that carry several outcomes in one body. */
export abstract class ProblemTable {
  abstract describe(error: unknown): { status: number; code: string; detail: string };
}
