import type { StorefrontEntity } from './storefront.entity.js';
import type { StorefrontId } from '../../shared/ids.js';

/** A storefront's settings, as every process knows them. */
export type Storefront = Readonly<Omit<StorefrontEntity, 'createdAt' | 'updatedAt'>>;

/** Storefronts from memory; see RefreshedDirectory for how fresh. */
export abstract class StorefrontDirectory {
  abstract find(id: StorefrontId): Storefront | undefined;
  /** All of them, the oldest first. A share link finds the shop of its target among them. */
  abstract all(): readonly Storefront[];
  /** Looks for changes now, for who was told of a storefront that another process has just made. */
  abstract refresh(): Promise<void>;
}
