/** A storefront (the shop) and its settings, as every process knows them. */
export interface Storefront {
  id: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** Where a share link leads when its target is not within `origins`. */
  homeUrl: string;
  /** Web origins of the shop: CORS for publishable keys, and targets of share links. */
  origins: readonly string[];
  /** Name of the query parameter that carries a merchant code. */
  codeParameter: string;
  /** Days for which a visit attributes an order. */
  attributionWindowDays: number;
  /** Which merchant counts when a shopper came more than once. */
  touch: 'first' | 'last';
  /** Days for which a shopper who said who brought them is not asked again; null: as long as a visit attributes. */
  askAgainDays: number | null;
  /** IANA time zone whose calendar months budgets and volume tiers go by. */
  timeZone: string;
}

/** Storefronts from memory; see RefreshedDirectory for how fresh. */
export abstract class StorefrontDirectory {
  abstract find(id: string): Storefront | undefined;
  /** All of them, the oldest first. A share link finds the shop of its target among them. */
  abstract all(): readonly Storefront[];
  /** Looks for changes now, for who was told of a storefront that another process has just made. */
  abstract refresh(): Promise<void>;
}
