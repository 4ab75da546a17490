import type { Language } from '../../shared/asset.js';
import { minorFromWire } from '../../shared/money.js';
import type { RuleLine } from '../../shared/rule.js';

/** Lines by what they are: those of any of the categories or products. */
export interface LineFilter {
  categories?: string[];
  products?: string[];
}

/**
 * When and how a reward rule takes part, besides its scope: as it stands in requests, answers and the database. What is
 * absent is no condition.
 */
export interface RewardConditions {
  /** The rule counts only when at least this was paid for merchandise, in minor units of the order's currency. */
  minPaid?: number;
  /** Only these lines count. */
  include?: LineFilter;
  /** These lines do not count, even when they are included. */
  exclude?: LineFilter;
  /** Only the first completed order of a shopper at a storefront counts. */
  firstOrder?: boolean;
  /** The rule adds to the one that wins a line, and competes with none. */
  bonus?: boolean;
}

/** What conditions look at. */
export interface Considered {
  line: RuleLine;
  /** Minor units that were paid for all merchandise of the order. */
  merchandise: bigint;
  /** Whether it is the first completed order of its shopper at the storefront. */
  firstOrder: boolean;
}

/** All that one condition is; a new one is one more of these, with its field in the request and the answer. */
interface Condition<Value> {
  /** What an answer says where there is no such condition. */
  none: null | false;
  /** What is wrong with a value that a request gives; null: nothing. */
  fault?(value: Value): string | null;
  /** Whether a line may earn by the rule, and why not. */
  unless?: { isMet(value: Value, at: Considered): boolean; loss: string; words: Words };
  /** What an explanation says of it. */
  words?: Words;
}

type Words = Readonly<Record<Language, string>>;

const NOT_THESE_LINES = {
  loss: 'not-these-lines',
  words: { en: 'it does not count these products', 'zh-CN': '不计这些商品' },
} as const;
const CERTAIN_LINES: Words = {
  en: 'It counts only certain products and categories.',
  'zh-CN': '仅计指定的商品和类别。',
};

/** In the order in which they are looked at: the first that is not met is told. */
const CONDITIONS = {
  minPaid: {
    none: null,
    unless: {
      isMet: (least: number, { merchandise }: Considered) => merchandise >= minorFromWire(least),
      loss: 'min-paid',
      words: { en: 'less was paid than it asks for', 'zh-CN': '商品实付未达到最低要求' },
    },
  },
  firstOrder: {
    none: false,
    unless: {
      isMet: (wanted: boolean, { firstOrder }: Considered) => !wanted || firstOrder,
      loss: 'not-first-order',
      words: { en: 'it is for a shopper’s first order', 'zh-CN': '仅限顾客首单' },
    },
    words: { en: 'It is for a shopper’s first order, as this is.', 'zh-CN': '仅限顾客首单，本单即是。' },
  },
  include: {
    none: null,
    fault: namesNothing,
    unless: { isMet: (filter: LineFilter, { line }: Considered) => isAmong(filter, line), ...NOT_THESE_LINES },
    words: CERTAIN_LINES,
  },
  exclude: {
    none: null,
    fault: namesNothing,
    unless: { isMet: (filter: LineFilter, { line }: Considered) => !isAmong(filter, line), ...NOT_THESE_LINES },
    words: CERTAIN_LINES,
  },
  bonus: { none: false },
} as const satisfies { [Name in keyof Required<RewardConditions>]: Condition<NonNullable<RewardConditions[Name]>> };

type Name = keyof typeof CONDITIONS;
const NAMES = Object.keys(CONDITIONS) as Name[];

/** A condition whatever its value is: the value that stands under its name is its own. */
const of = (name: Name): Condition<unknown> => CONDITIONS[name];

type UnmetOf<C> = C extends { unless: { loss: infer Loss } } ? Loss : never;
/** Why a rule does not take part. */
export type Unmet = { [N in Name]: UnmetOf<(typeof CONDITIONS)[N]> }[Name];

/** The conditions of a request, in which null is none as well, and `false`. */
export function conditionsOf(given: { [N in Name]?: unknown }): RewardConditions {
  const wanted = NAMES.filter((name) => given[name] != null && given[name] !== false);
  return Object.fromEntries(wanted.map((name) => [name, withoutNull(given[name])]));
}

/** What is wrong with conditions, by their names. */
export function conditionFaults(conditions: RewardConditions): { name: Name; detail: string }[] {
  return NAMES.flatMap((name) => {
    const value = conditions[name];
    const detail = value === undefined ? null : (of(name).fault?.(value) ?? null);
    return detail === null ? [] : [{ name, detail }];
  });
}

/** Every condition, also those that there are not. */
export function wholeConditions(conditions: RewardConditions): WholeConditions {
  const entries = NAMES.map((name) => [name, conditions[name] ?? of(name).none] as const);
  return Object.fromEntries(entries) as WholeConditions;
}

type WholeConditions = {
  [N in Name]: NonNullable<RewardConditions[N]> | (typeof CONDITIONS)[N]['none'];
};

/** The first condition that a line does not meet; null: it may earn by the rule. */
export function unmet(conditions: RewardConditions, at: Considered): Unmet | null {
  for (const name of NAMES) {
    const value = conditions[name];
    const { unless } = of(name);
    if (value !== undefined && unless && !unless.isMet(value, at)) return unless.loss as Unmet;
  }
  return null;
}

/** Why a rule did not take part, by what it did not meet. */
export const UNMET_WORDS = Object.fromEntries(
  NAMES.flatMap((name) => {
    const { unless } = of(name);
    return unless ? [[unless.loss, unless.words]] : [];
  }),
) as Record<Unmet, Words>;

/** What an explanation says of a rule's conditions, each sentence once. */
export function conditionWords(conditions: RewardConditions, language: Language): string[] {
  const said = NAMES.flatMap((name) => {
    const { words } = of(name);
    return words && conditions[name] !== undefined ? [words[language]] : [];
  });
  return [...new Set(said)];
}

function isAmong({ categories = [], products = [] }: LineFilter, { sku, category }: RuleLine): boolean {
  return products.includes(sku) || (category !== null && categories.includes(category));
}

function namesNothing({ categories = [], products = [] }: LineFilter): string | null {
  return categories.length + products.length === 0 ? 'must name categories or products' : null;
}

/** A request may say null, or an empty list, for what it leaves out. */
function withoutNull(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member != null && !isEmpty(member)));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
