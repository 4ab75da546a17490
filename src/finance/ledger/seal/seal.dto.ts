/** How far the chains of journals and of the audit log go. Keep both heads outside the database; `npm run audit` compares with them. */
export class SealHeadDto {
  /** `position:seal`, in one line. */
  head!: string;

  /** RFC 3339: every journal posted up to here is sealed. */
  sealedUntil!: string;

  /** Of the audit log: `position:seal`, in one line. */
  auditLogHead!: string;
}
