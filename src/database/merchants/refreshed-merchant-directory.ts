import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { DirectoryAges } from '../../core/directory-ages.js';
import { Logger } from '../../core/logger.js';
import { identityKey } from '../../shared/identity-key.js';
import { parseMerchantCode } from './merchant-code.js';
import { MerchantDirectory, type MerchantCard } from './merchant-directory.js';
import { MerchantRepository } from './merchant.repository.js';
import { MerchantSearch } from './merchant-search.js';
import { RefreshedDirectory } from '../../core/refreshed-directory.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { wechatKey } from './wechat-id.js';
import type { MerchantId } from '../../shared/ids.js';

/** The whole registry in memory: some 400 bytes a merchant, each reachable by id, code and WeChat ID. */
@Injectable()
export class RefreshedMerchantDirectory extends MerchantDirectory implements OnModuleInit, OnModuleDestroy {
  private readonly cardsById = new Map<MerchantId, MerchantCard>();
  private readonly cardsByCode = new Map<string, MerchantCard>();
  private readonly cardsByWechatKey = new Map<string, MerchantCard>();
  private readonly searched = new MerchantSearch();
  private readonly source: RefreshedDirectory<MerchantCard>;

  constructor(
    @Inject(Config) config: Config,
    unitOfWork: UnitOfWork,
    merchants: MerchantRepository,
    private readonly logger: Logger,
    ages: DirectoryAges,
  ) {
    super();
    this.source = new RefreshedDirectory<MerchantCard>(
      (since) => merchants.findChanged(unitOfWork.reader, since),
      (cards) => this.apply(cards),
      config.directoryRefreshMs,
      (error) => this.onError(error),
    ).watchedBy(ages, 'merchants');
  }

  async onModuleInit(): Promise<void> {
    await this.source.start();
  }

  onModuleDestroy(): void {
    this.source.stop();
  }

  byCode(code: string): MerchantCard | undefined {
    const asStored = this.cardsByCode.get(code);
    if (asStored) return asStored;
    const parsed = parseMerchantCode(code);
    return parsed === null ? undefined : this.cardsByCode.get(parsed);
  }

  byWechatId(wechatId: string): MerchantCard | undefined {
    const key = wechatKey(wechatId);
    return key === null ? undefined : this.cardsByWechatKey.get(key);
  }

  byId(id: MerchantId): MerchantCard | undefined {
    return this.cardsById.get(id);
  }

  /** All who fit what was typed, the oldest first; see {@link MerchantSearch}. */
  search(typed: string): MerchantCard[] {
    const fits = this.searched.matcher(typed);
    return [...this.cardsById.values()].filter(fits).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Sees a change of this process's own at once. When the look fails, the next one will see it. */
  async noticeChange(): Promise<void> {
    await this.source.refresh().catch((error: unknown) => this.onError(error));
  }

  /** The code of a merchant never changes, the WeChat ID but once, when they are erased, and no merchant is ever removed. */
  private apply(cards: readonly MerchantCard[]): void {
    for (const card of cards) {
      const before = this.cardsById.get(card.id);
      if (before && before.wechatId !== card.wechatId && this.byWechatId(before.wechatId)?.id === card.id)
        this.cardsByWechatKey.delete(identityKey(before.wechatId));
      this.cardsById.set(card.id, card);
      this.cardsByCode.set(card.code, card);
      if (card.wechatId !== '') this.cardsByWechatKey.set(identityKey(card.wechatId), card);
    }
  }

  private onError(error: unknown): void {
    this.logger.warn('the merchant directory could not be refreshed; the last known merchants stand', { err: error });
  }
}
