import type { MerchantState } from './merchant.js';
import type { MerchantId } from '../../shared/ids.js';

export type { MerchantState };

/** What every process knows of a merchant without asking the database. */
export interface MerchantCard {
  id: MerchantId;
  code: string;
  /** As the merchant wrote it. */
  wechatId: string;
  displayName: string;
  group: string | null;
  state: MerchantState;
}

/** The merchant registry from memory, at most a second old. Answers also while the database is away. */
export abstract class MerchantDirectory {
  /** By merchant code; the letters' case does not matter. */
  abstract byCode(code: string): MerchantCard | undefined;
  /** By WeChat ID; the letters' case does not matter. */
  abstract byWechatId(wechatId: string): MerchantCard | undefined;
  abstract byId(id: MerchantId): MerchantCard | undefined;
}
