import type { components } from './schema.js';

/** What the API calls things, as its document says. `Schema<'PayoutDto'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Every code that the API refuses with, and one for when it cannot be reached. */
export type ProblemCode = Schema<'Problem'>['code'] | 'network.away';

/** A refusal as the API words it (RFC 9457), or that it could not be reached. */
export interface ApiProblem extends Partial<Omit<Schema<'Problem'>, 'code'>> {
  code: ProblemCode;
}
