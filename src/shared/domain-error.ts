/** One wrong place in a request: an RFC 6901 pointer into the body, and what is wrong there. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/**
 * A refusal that the caller can act on. `code` is stable (`order.already-completed`); what HTTP makes of it stands in
 * `api/problems.ts` and nowhere else. `extra` are further members of the problem document.
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

/** Error codes that belong to no module. */
export type SharedErrorCode = 'request.invalid' | 'token.invalid' | 'token.expired';
