import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../desk/index.js';
import { isId } from '../shared/ids.js';
import { MerchantDirectory } from './merchants/merchant-directory.js';
import { StorefrontDirectory } from './storefronts/storefront.js';

/** Merchants by id, code, WeChat ID, or the id of a bank account of theirs. */
@Injectable()
export class MerchantFinder extends Finder {
  readonly readers = ['staff'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantDirectory,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    const id = isId('bankAccount', number) ? await this.ownerOf(number) : number;
    const card =
      (isId('merchant', id) ? this.merchants.byId(id) : undefined) ??
      this.merchants.byCode(number) ??
      this.merchants.byWechatId(number);
    return card ? [{ kind: 'merchant', id: card.id, label: card.displayName, parts: { merchant: card.id } }] : [];
  }

  private async ownerOf(bankAccountId: string): Promise<string> {
    const [row]: { owner_id: string }[] = await this.unitOfWork.reader.query(
      'SELECT owner_id FROM bank_account WHERE id = ?',
      [bankAccountId],
    );
    return row?.owner_id ?? '';
  }
}

/** Applications by id. */
@Injectable()
export class ApplicationFinder extends Finder {
  readonly readers = ['reviewer', 'admin'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    if (!isId('application', number)) return [];
    const rows: { id: string; display_name: string }[] = await this.unitOfWork.reader.query(
      'SELECT id, display_name FROM merchant_application WHERE id = ?',
      [number],
    );
    return rows.map(({ id, display_name: label }) => ({ kind: 'application', id, label, parts: {} }));
  }
}

/** Storefronts by id. */
@Injectable()
export class StorefrontFinder extends Finder {
  readonly readers = ['admin'] as const;

  constructor(
    finders: Finders,
    private readonly storefronts: StorefrontDirectory,
  ) {
    super(finders);
  }

  find(number: string): Promise<Found[]> {
    const found = isId('storefront', number) ? this.storefronts.find(number) : undefined;
    return Promise.resolve(
      found ? [{ kind: 'storefront', id: found.id, label: found.name, parts: { storefront: found.id } }] : [],
    );
  }
}
