import type { RuleLine } from '../../shared/rule.js';

/** Lines by what they are: those of any of the categories or products. */
export interface LineFilter {
  categories: readonly string[];
  products: readonly string[];
}

/** When and how a reward rule takes part, besides its scope. */
export interface RewardConditions {
  /** Only these lines count; null: all. */
  include: LineFilter | null;
  /** These lines do not count, even when they are included; null: all count. */
  exclude: LineFilter | null;
  /** Only the first completed order of a shopper at a storefront counts. */
  firstOrder: boolean;
  /** The rule adds to the one that wins a line, and competes with none. */
  bonus: boolean;
}

/** Conditions as they stand in requests, answers and the database; what is absent is no condition. */
export interface ConditionsJson {
  include?: LineFilterJson;
  exclude?: LineFilterJson;
  firstOrder?: boolean;
  bonus?: boolean;
}

export interface LineFilterJson {
  categories?: string[];
  products?: string[];
}

/** Whether a line counts for a rule of these conditions. */
export function countsLine({ include, exclude }: RewardConditions, line: RuleLine): boolean {
  return (include === null || isAmong(include, line)) && (exclude === null || !isAmong(exclude, line));
}

function isAmong({ categories, products }: LineFilter, { sku, category }: RuleLine): boolean {
  return products.includes(sku) || (category !== null && categories.includes(category));
}

export function conditionsFromJson(json: ConditionsJson): RewardConditions {
  return {
    include: filterFromJson(json.include),
    exclude: filterFromJson(json.exclude),
    firstOrder: json.firstOrder ?? false,
    bonus: json.bonus ?? false,
  };
}

export function conditionsToJson({ include, exclude, firstOrder, bonus }: RewardConditions): ConditionsJson {
  return {
    ...(include && { include: filterToJson(include) }),
    ...(exclude && { exclude: filterToJson(exclude) }),
    ...(firstOrder && { firstOrder }),
    ...(bonus && { bonus }),
  };
}

function filterFromJson(json: LineFilterJson | undefined): LineFilter | null {
  return json ? { categories: json.categories ?? [], products: json.products ?? [] } : null;
}

function filterToJson({ categories, products }: LineFilter): LineFilterJson {
  return {
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(products.length > 0 && { products: [...products] }),
  };
}
