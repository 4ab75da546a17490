/** Who decides: a member of staff, the merchant, or an applicant who is not one yet. */
export type Actor =
  | { kind: 'staff'; staffId: string }
  | { kind: 'merchant'; merchantId: string }
  | { kind: 'applicant'; applicationId: string };

/** The id under which an actor's decisions are kept. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'staff':
      return actor.staffId;
    case 'merchant':
      return actor.merchantId;
    case 'applicant':
      return actor.applicationId;
  }
}
