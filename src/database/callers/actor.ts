import type { ApplicationId, MerchantId, StaffId } from '../../shared/ids.js';

/** Who decides: a member of staff, the merchant, or an applicant who is not one yet. */
export type Actor =
  | { kind: 'staff'; staffId: StaffId }
  | { kind: 'merchant'; merchantId: MerchantId }
  | { kind: 'applicant'; applicationId: ApplicationId };

/** The id of who decides. */
export type ActorId = StaffId | MerchantId | ApplicationId;

/** The id under which an actor's decisions are kept. */
export function actorId(actor: Actor): ActorId {
  switch (actor.kind) {
    case 'staff':
      return actor.staffId;
    case 'merchant':
      return actor.merchantId;
    case 'applicant':
      return actor.applicationId;
  }
}
