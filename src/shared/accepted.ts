import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage as transforms } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, ValidationTypes, type ValidatorConstraintInterface } from 'class-validator';

type Dto = new () => object;
type Fields = Record<string, unknown>;

/** What class-validator knows of one field, laid out to be asked quickly. */
interface Field {
  name: string;
  /** Whether it is looked at at all. */
  conditions: ((object: object, value: unknown) => boolean)[];
  checks: { constraint: ValidatorConstraintInterface; constraints: unknown[]; each: boolean }[];
  /** Of what its objects are made; undefined: it has none. */
  type: Dto | undefined;
}

const UNSURE = Symbol('unsure');

/** By class; null: it has something that only class-validator or class-transformer can judge. */
const known = new WeakMap<Dto, Map<string, Field> | null>();

/**
 * What class-transformer would make of JSON, when class-validator would find nothing wrong with it; undefined where that is not certain.
 * It asks the same checks and only leaves out the search for them and all that words errors: bodies that are right are most of them.
 */
export function accepted<T extends object>(type: new () => T, plain: unknown): T | undefined {
  if (plain === null || typeof plain !== 'object' || Object.getPrototypeOf(plain) !== Object.prototype)
    return undefined;
  const fields = fieldsOf(type);
  if (!fields) return undefined;
  const object = new type();
  for (const name of Object.keys(plain)) {
    const field = fields.get(name);
    if (!field) return undefined;
    const value = made(field, (plain as Fields)[name]);
    if (value === UNSURE) return undefined;
    (object as Fields)[name] = value;
  }
  for (const field of fields.values()) if (!passes(type, object, field)) return undefined;
  return object;
}

function made({ type }: Field, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) return (type && accepted(type, value)) ?? UNSURE;
  const items: unknown[] = [];
  for (const item of value as unknown[]) {
    const isObject = item !== null && typeof item === 'object';
    if (isObject !== (type !== undefined)) return UNSURE;
    const one = type ? accepted(type, item) : item;
    if (one === undefined) return UNSURE;
    items.push(one);
  }
  return items;
}

function passes(target: Dto, object: object, { name, conditions, checks, type }: Field): boolean {
  const value = (object as Fields)[name];
  for (const condition of conditions) if (!condition(object, value)) return true;
  for (const { constraint, constraints, each } of checks) {
    const about = { targetName: target.name, property: name, object, value, constraints };
    const values: unknown[] = each && Array.isArray(value) ? value : [value];
    for (const one of values) if (constraint.validate(one, about) !== true) return false;
  }
  return type === undefined || value === undefined || (value !== null && typeof value === 'object');
}

function fieldsOf(type: Dto): Map<string, Field> | null {
  let fields = known.get(type);
  if (fields === undefined) {
    fields = readFields(type);
    known.set(type, fields);
  }
  return fields;
}

function readFields(target: Dto): Map<string, Field> | null {
  const storage = getMetadataStorage();
  const rules = storage.getTargetValidationMetadatas(target, '', false, false);
  if (rules.length === 0 || isTransformed(target)) return null;
  const fields = new Map<string, Field>();
  const nested = new Set<string>();
  for (const rule of rules) {
    const { propertyName: name, constraints, each } = rule;
    if (rule.validateIf) return null;
    const field = fields.get(name) ?? { name, conditions: [], checks: [], type: typeOf(target, name) };
    fields.set(name, field);
    if (rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
      field.conditions.push(constraints[0] as Field['conditions'][number]);
    else if (rule.type === ValidationTypes.NESTED_VALIDATION) nested.add(name);
    else if (rule.type === ValidationTypes.CUSTOM_VALIDATION || rule.type === ValidationTypes.IS_DEFINED)
      for (const { instance: constraint, async } of storage.getTargetValidatorConstraints(rule.constraintCls)) {
        if (async) return null;
        field.checks.push({ constraint, constraints, each });
      }
    else if (rule.type !== ValidationTypes.WHITELIST) return null;
  }
  // A type without a look into its objects would bend values: Number, Date …
  for (const { name, type } of fields.values()) {
    if ((type !== undefined) !== nested.has(name)) return null;
    if (transforms.findTransformMetadatas(target, name, TransformationType.PLAIN_TO_CLASS).length > 0) return null;
  }
  return fields;
}

function typeOf(target: Dto, name: string): Dto | undefined {
  const type = transforms.findTypeMetadata(target, name) as { typeFunction: () => unknown } | undefined;
  return type?.typeFunction() as Dto | undefined;
}

/** Whether class-transformer has more to do than to copy fields. */
function isTransformed(target: Dto): boolean {
  return (
    transforms.getStrategy(target) !== 'none' ||
    transforms.getExposedMetadatas(target).length > 0 ||
    transforms.getExcludedMetadatas(target).length > 0
  );
}
