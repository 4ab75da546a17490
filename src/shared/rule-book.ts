import { compareRules, inForce, type RuleLine, type RuleSubject, type RuleVersion } from './rule.js';
import type { StorefrontId } from './ids.js';

/** The rules of one storefront (or of every storefront) for one merchant, one group or everyone. */
interface Shelf<V> {
  product: Map<string, V[]>;
  category: Map<string, V[]>;
  everything: V[];
}

/** Moments between which nothing begins or ends share a view; this many views are kept. */
const KEPT_VIEWS = 32;

/**
 * Rule versions indexed by scope, so that finding the rule of a line takes a few look-ups however many rules there are.
 * Immutable: make a new book when rules change.
 */
export class RuleBook<V extends RuleVersion> {
  private readonly moments: readonly number[];
  private readonly views = new Map<number, RulesInForce<V>>();

  constructor(private readonly versions: readonly V[]) {
    const moments = versions.flatMap((v) => [v.validFrom, v.validTo, v.endedAt]).filter((moment) => moment !== null);
    this.moments = [...new Set(moments.map((moment) => moment.getTime()))].sort((a, b) => a - b);
  }

  /** The rules in force at a moment. */
  at(at: Date): RulesInForce<V> {
    const period = this.periodOf(at.getTime());
    const known = this.views.get(period);
    if (known) return known;
    const view = new RulesInForce(inForce(this.versions, at));
    const oldest = this.views.keys().next();
    if (this.views.size >= KEPT_VIEWS && !oldest.done) this.views.delete(oldest.value);
    this.views.set(period, view);
    return view;
  }

  /** How many of the moments at which something begins or ends have come. */
  private periodOf(time: number): number {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.moments[middle] ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The rules that are in force together. */
export class RulesInForce<V extends RuleVersion> {
  private readonly shelves = new Map<string, Shelf<V>>();

  /** `versions`: at most one of each rule. */
  constructor(versions: readonly V[]) {
    for (const version of [...versions].sort(compareRules)) this.put(version);
  }

  /** The rules that may concern one merchant at one storefront; ask it for every line. */
  for(subject: RuleSubject): SubjectRules<V> {
    const { storefrontId, merchantId, group } = subject;
    const who = [`merchant:${merchantId}`, ...(group === null ? [] : [`group:${group}`]), 'everyone'];
    return new SubjectRules(
      who
        .map((name) => [this.shelves.get(key(storefrontId, name)), this.shelves.get(key(null, name))])
        .map((pair) => pair.filter((shelf) => shelf !== undefined)),
    );
  }

  private put(version: V): void {
    const { merchant, group, product, category } = version.scope;
    const who = merchant !== undefined ? `merchant:${merchant}` : group !== undefined ? `group:${group}` : 'everyone';
    const name = key(version.storefrontId, who);
    const shelf: Shelf<V> = this.shelves.get(name) ?? { product: new Map(), category: new Map(), everything: [] };
    this.shelves.set(name, shelf);
    if (product !== undefined) append(shelf.product, product, version);
    else if (category !== undefined) append(shelf.category, category, version);
    else shelf.everything.push(version);
  }
}

/** The rules of one subject, merchant's before group's before everyone's. */
export class SubjectRules<V extends RuleVersion> {
  constructor(private readonly levels: readonly (readonly Shelf<V>[])[]) {}

  /** Every rule that covers the line, the winner first. */
  *covering(line: RuleLine): Generator<V, undefined> {
    for (const shelves of this.levels) {
      yield* merge(shelves.map((shelf) => shelf.product.get(line.sku)));
      if (line.category !== null) {
        const { category } = line;
        yield* merge(shelves.map((shelf) => shelf.category.get(category)));
      }
      yield* merge(shelves.map((shelf) => shelf.everything));
    }
    return undefined;
  }

  /** The most specific rule that covers the line and `applies` (its currency, its asset …). */
  choose(line: RuleLine, applies: (version: V) => boolean): V | undefined {
    for (const version of this.covering(line)) if (applies(version)) return version;
    return undefined;
  }
}

/** The sorted lists of one storefront and of every storefront as one, as far as it is asked for. */
function* merge<V extends RuleVersion>([own = [], general = []]: readonly (readonly V[] | undefined)[]): Generator<V> {
  for (let i = 0, j = 0; i < own.length || j < general.length;) {
    const [a, b] = [own[i], general[j]];
    if (a && (!b || compareRules(a, b) < 0)) {
      yield a;
      i += 1;
    } else if (b) {
      yield b;
      j += 1;
    }
  }
}

function append<V>(map: Map<string, V[]>, name: string, value: V): void {
  const list = map.get(name);
  if (list) list.push(value);
  else map.set(name, [value]);
}

function key(storefrontId: StorefrontId | null, who: string): string {
  return `${storefrontId ?? '*'} ${who}`;
}
