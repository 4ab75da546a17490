import type { EntityManager } from 'typeorm';

/** Who decides: a member of staff, or the merchant who came with the token of an application. */
export type Actor = { kind: 'staff'; staffId: string } | { kind: 'merchant'; applicationId: string };

/** The id under which an actor's decisions are kept. */
export function actorId(actor: Actor): string {
  return actor.kind === 'staff' ? actor.staffId : actor.applicationId;
}

export type DecisionAction =
  | 'application.approved'
  | 'application.rejected'
  | 'merchant.suspended'
  | 'merchant.reactivated'
  | 'merchant.closed'
  | 'bank-account.filed'
  | 'bank-account.approved'
  | 'bank-account.rejected';

/** Someone decided something about a merchant. `detail` holds ids and reasons, never personal data. */
export interface Decision {
  by: Actor;
  action: DecisionAction;
  /** Id of what was decided about. */
  subject: string;
  detail: Readonly<Record<string, string | null>>;
}

/** Where the registry's decisions are written down. The room that knows the people implements it (ADR 0002). */
export abstract class DecisionLog {
  /** In the transaction of the decision: there is never the one without the other. */
  abstract record(tx: EntityManager, decision: Decision): Promise<void>;
}
