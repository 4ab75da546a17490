import { Injectable } from '@nestjs/common';
import { AuditLog, StorefrontKeys, type Principal } from '../../access/index.js';
import { databaseNow } from '../../core/database-now.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId, type ApiKeyId, type StorefrontId } from '../../shared/ids.js';
import { pageOf, type Page, type PageRequest } from '../../shared/page.js';
import type { DatabaseErrorCode } from '../errors.js';
import type { MerchantStorefrontDto } from './merchant-storefront.dto.js';
import type {
  CreatedStorefrontDto,
  CreateStorefrontDto,
  RotatedKeysDto,
  StorefrontDto,
  StorefrontKeyListDto,
  StorefrontNameDto,
  UpdateStorefrontDto,
} from './storefront.dto.js';
import type { StorefrontEntity } from './storefront.entity.js';
import { StorefrontMemory, storefrontOf } from './storefront-memory.js';
import { StorefrontRepository } from './storefront.repository.js';

/** Storefronts and their keys. */
@Injectable()
export class StorefrontService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: StorefrontRepository,
    private readonly memory: StorefrontMemory,
    private readonly keys: StorefrontKeys,
    private readonly auditLog: AuditLog,
  ) {}

  /** Adds a storefront with its first two keys. */
  async createStorefront(principal: Principal, given: CreateStorefrontDto): Promise<CreatedStorefrontDto> {
    const created = await this.unitOfWork.run(async (tx) => {
      const now = await databaseNow(tx);
      const row: StorefrontEntity = {
        id: newId('storefront'),
        name: given.name,
        currency: given.currency,
        homeUrl: given.homeUrl,
        origins: given.origins,
        codeParameter: given.codeParameter ?? 'm',
        attributionWindowDays: given.attributionWindowDays ?? 30,
        touch: given.touch ?? 'last',
        askAgainDays: given.askAgainDays ?? null,
        timeZone: given.timeZone ?? 'Asia/Shanghai',
        createdAt: now,
        updatedAt: now,
      };
      await this.repository.insert(tx, row);
      const keys = await this.keys.issue(tx, row.id);
      await this.auditLog.record(tx, { principal, action: 'storefront.created', subject: row.id, after: view(row) });
      return Object.assign(view(row), keys);
    });
    await Promise.all([this.memory.refresh(), this.keys.refresh()]);
    return created;
  }

  async listStorefronts({ limit, after }: PageRequest): Promise<Page<StorefrontDto>> {
    return pageOf(await this.repository.page(this.unitOfWork.reader, after, limit), limit, (row) => row.id, view);
  }

  /** The shops that merchants may bring shoppers to: all there are, from memory. */
  listForMerchants(): MerchantStorefrontDto[] {
    return this.memory
      .all()
      .map(({ id, name, currency, homeUrl, origins }) => ({ id, name, currency, homeUrl, origins: [...origins] }));
  }

  /** Names for all staff; settings are for admins. */
  async listNames({ limit, after }: PageRequest): Promise<Page<StorefrontNameDto>> {
    const rows = await this.repository.page(this.unitOfWork.reader, after, limit);
    return pageOf(
      rows,
      limit,
      (row) => row.id,
      ({ id, name, currency }) => ({ id, name, currency }),
    );
  }

  /** Throws `storefront.not-found`. */
  async getStorefront(id: StorefrontId): Promise<StorefrontDto> {
    return view(found(await this.repository.find(this.unitOfWork.reader, id)));
  }

  /** Changes settings; they take effect for what comes after, orders keep theirs. Throws `storefront.not-found`. */
  async updateStorefront(principal: Principal, id: StorefrontId, given: UpdateStorefrontDto): Promise<StorefrontDto> {
    const updated = await this.unitOfWork.run(async (tx) => {
      const row = found(await this.repository.lock(tx, id));
      const before = view(row);
      row.name = given.name ?? row.name;
      row.homeUrl = given.homeUrl ?? row.homeUrl;
      row.origins = given.origins ?? row.origins;
      row.codeParameter = given.codeParameter ?? row.codeParameter;
      row.attributionWindowDays = given.attributionWindowDays ?? row.attributionWindowDays;
      row.touch = given.touch ?? row.touch;
      if (given.askAgainDays !== undefined) row.askAgainDays = given.askAgainDays;
      row.timeZone = given.timeZone ?? row.timeZone;
      row.updatedAt = await databaseNow(tx);
      await this.repository.update(tx, row);
      await this.auditLog.record(tx, {
        principal,
        action: 'storefront.updated',
        subject: id,
        before,
        after: view(row),
      });
      return view(row);
    });
    await this.memory.refresh();
    return updated;
  }

  /** Throws `storefront.not-found`. */
  async listKeys(id: StorefrontId): Promise<StorefrontKeyListDto> {
    const em = this.unitOfWork.reader;
    found(await this.repository.find(em, id));
    return { items: await this.keys.list(em, id) };
  }

  /** Ends one key; a repeat changes nothing. Throws `storefront.not-found`, `key.not-found`. */
  async revokeKey(principal: Principal, id: StorefrontId, key: ApiKeyId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      found(await this.repository.lock(tx, id));
      if (!(await this.keys.revoke(tx, id, key))) return;
      const detail = { storefront: id };
      await this.auditLog.record(tx, { principal, action: 'key.revoked', subject: key, detail });
    });
    await this.keys.refresh();
  }

  /** New keys; those so far work for `overlapHours` more, a setting by default. Throws `storefront.not-found`. */
  async rotateKeys(principal: Principal, id: StorefrontId, overlapHours?: number): Promise<RotatedKeysDto> {
    const rotated = await this.unitOfWork.run(async (tx) => {
      found(await this.repository.lock(tx, id));
      const { previousKeysExpireAt, overlapHours: hours, ...keys } = await this.keys.replace(tx, id, overlapHours);
      await this.auditLog.record(tx, {
        principal,
        action: 'storefront.keys-rotated',
        subject: id,
        detail: { overlapHours: hours },
      });
      return { ...keys, previousKeysExpireAt: previousKeysExpireAt.toISOString() };
    });
    await this.keys.refresh();
    return rotated;
  }
}

function found(row: StorefrontEntity | null): StorefrontEntity {
  if (!row) throw new DomainError<DatabaseErrorCode>('storefront.not-found', 'There is no storefront with this id.');
  return row;
}

function view(row: StorefrontEntity): StorefrontDto {
  const storefront = storefrontOf(row);
  return { ...storefront, origins: [...storefront.origins], createdAt: row.createdAt.toISOString() };
}
