/** Text for people in the two languages of the product. */
export interface Label {
  'zh-CN': string;
  en: string;
}

interface FieldBase {
  label: Label;
  hint?: Label;
  required: boolean;
}

export interface TextField extends FieldBase {
  kind: 'text';
  /** In Unicode code points, as JSON Schema and the columns count. */
  maxLength: number;
  /** ECMAScript with the `u` flag, as JSON Schema says. */
  pattern: string;
  /** What the pattern means, for people. */
  rule: Label;
  /** The HTML autofill name; browsers offer what they know. */
  autocomplete: string;
}

export interface ChoiceField extends FieldBase {
  kind: 'choice';
  choices: readonly string[];
  autocomplete: string;
}

export interface ConsentField extends FieldBase {
  kind: 'consent';
}

export type FormField = TextField | ChoiceField | ConsentField;

/** Some visible text, without white space around it and without characters that hide or turn others. */
export const VISIBLE = '^(?!\\s)(?!.*\\s$)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+$';
/** {@link VISIBLE} in words. */
export const visibleRule: Label = {
  'zh-CN': '不能有首尾空格和不可见字符',
  en: 'no spaces at either end and no invisible characters',
};

/** What is wrong with the value of a field, in English, or null. A field that is not required may be absent, not null. */
export function fieldFault(field: FormField, value: unknown): string | null {
  if (value === undefined) return field.required ? 'is required' : null;
  switch (field.kind) {
    case 'consent':
      return value === true ? null : 'must be true: without consent there is no registration';
    case 'choice':
      return field.choices.includes(value as string) ? null : 'must be one of the choices of the form';
    case 'text':
      if (typeof value !== 'string') return 'must be a string';
      if (value.length > 2 * field.maxLength || Array.from(value).length > field.maxLength)
        return `must have at most ${field.maxLength} characters`;
      return new RegExp(field.pattern, 'u').test(value) ? null : field.rule.en;
  }
}

/** One field as JSON Schema 2020-12. `x-label`, `x-hint` and `x-rule` hold the text in both languages. */
export function fieldSchema(field: FormField): Record<string, unknown> {
  const text = { title: field.label.en, 'x-label': field.label, ...(field.hint ? { 'x-hint': field.hint } : {}) };
  switch (field.kind) {
    case 'consent':
      return { ...text, type: 'boolean', const: true };
    case 'choice':
      return { ...text, type: 'string', enum: [...field.choices], 'x-autocomplete': field.autocomplete };
    case 'text':
      return {
        ...text,
        type: 'string',
        maxLength: field.maxLength,
        pattern: field.pattern,
        'x-rule': field.rule,
        'x-autocomplete': field.autocomplete,
      };
  }
}

/** A group of fields as JSON Schema 2020-12; what is not in it may not be given. */
export function objectSchema(fields: Record<string, FormField>) {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    required: Object.keys(fields).filter((name) => fields[name]?.required),
    additionalProperties: false,
  };
}
