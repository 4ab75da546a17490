/** How far the chain of journals goes. Keep `head` outside the database; `npm run audit -- --head` compares with it. */
export class SealHeadDto {
  /** `position:seal`, in one line. */
  head!: string;

  /** RFC 3339: every journal posted up to here is sealed. */
  sealedUntil!: string;
}
