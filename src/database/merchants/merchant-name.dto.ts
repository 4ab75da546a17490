import type { MerchantId } from '../../shared/ids.js';
import type { MerchantDirectory } from './merchant-directory.js';

/** A merchant in lists of other things. */
export class MerchantNameDto {
  /** mer_… */
  id!: MerchantId;
  /** Their merchant code; null: too new to be known here. */
  code!: string | null;
  /** What people call them; null: too new to be known here. */
  displayName!: string | null;
}

/** A merchant's names, from memory; null without a merchant. */
export function merchantName(merchants: MerchantDirectory, id: MerchantId): MerchantNameDto;
export function merchantName(merchants: MerchantDirectory, id: MerchantId | null): MerchantNameDto | null;
export function merchantName(merchants: MerchantDirectory, id: MerchantId | null): MerchantNameDto | null {
  if (id === null) return null;
  const card = merchants.byId(id);
  return { id, code: card?.code ?? null, displayName: card?.displayName ?? null };
}
