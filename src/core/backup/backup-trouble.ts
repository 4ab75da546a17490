/** Why a backup cannot be made or restored; the message is for the person who asked for it. */
export class BackupTrouble extends Error {
  override readonly name = 'BackupTrouble';
}
