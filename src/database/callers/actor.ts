import type { ApplicationId, StaffId } from '../../shared/ids.js';
/** Who decides: a member of staff, or the merchant who came with the token of an application. */
export type Actor = { kind: 'staff'; staffId: StaffId } | { kind: 'merchant'; applicationId: ApplicationId };

/** The id under which an actor's decisions are kept. */
export function actorId(actor: Actor): StaffId | ApplicationId {
  return actor.kind === 'staff' ? actor.staffId : actor.applicationId;
}
