import type { Problem } from './problem.js';

/** One wrong place in a request: an RFC 6901 pointer into the body, and what is wrong there. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/**
 * A refusal that the caller can act on. `code` is stable (`order.already-completed`); what HTTP makes of it stands
 * beside it, in `errors.ts` of its room. `extra` are further members of the problem document.
 */
export class DomainError<Code extends string = string> extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: Code,
    readonly detail: string,
    readonly errors?: readonly FieldError[],
    readonly extra?: Readonly<Record<string, unknown>>,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** Who has done already what somebody else was about to do, and when. */
export interface Faster {
  by: string | null;
  at: Date | null;
}

/** Says in a refusal who was faster (`by`, a staff id) and when (`at`); nothing where that is not known. */
export function whoWasFaster({ by, at }: Faster): Readonly<Record<string, unknown>> | undefined {
  return by === null || at === null ? undefined : { by, at: at.toISOString() };
}

/** Refusals that belong to no room. */
export const sharedProblems = {
  'request.invalid': { status: 422, title: 'The request is not valid' },
  'token.invalid': { status: 422, title: 'The token is not ours' },
  'token.expired': { status: 422, title: 'The token has expired' },
  'service.busy': { status: 503, title: 'More is asked than can be done' },
} satisfies Record<string, Problem>;

export type SharedErrorCode = keyof typeof sharedProblems;

/** `request.invalid` for what only the whole of a request shows to be wrong; names at most 100 places. */
export function invalidFields(errors: readonly FieldError[]): DomainError {
  const detail = `${errors.length} field(s) are not valid.`;
  return new DomainError<SharedErrorCode>('request.invalid', detail, errors.slice(0, 100));
}
