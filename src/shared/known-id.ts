import { DomainError } from './domain-error.js';
import { isId, type IdKind, type IdOf } from './ids.js';

/** A pipe for an id in the path, checked once: what does not even look like one names nothing. `code` is the room’s word for that. */
export class KnownId<Kind extends IdKind, Code extends string> {
  constructor(
    private readonly kind: Kind,
    private readonly code: Code,
  ) {}

  transform(value: string): IdOf<Kind> {
    if (isId(this.kind, value)) return value;
    throw new DomainError<Code>(this.code, 'This is not one of our ids.');
  }
}
