/** Who decides: a member of staff, or the merchant who came with the token of an application. */
export type Actor = { kind: 'staff'; staffId: string } | { kind: 'merchant'; applicationId: string };

/** The id under which an actor's decisions are kept. */
export function actorId(actor: Actor): string {
  return actor.kind === 'staff' ? actor.staffId : actor.applicationId;
}
