import { BANK_COUNTRIES, NUMBER_SEPARATORS } from './bank-account.js';
import { WECHAT_ID_PATTERN } from './wechat-id.js';

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
const VISIBLE = '^(?!\\s)(?!.*\\s$)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+$';
const visibleRule: Label = {
  'zh-CN': '不能有首尾空格和不可见字符',
  en: 'no spaces at either end and no invisible characters',
};

/**
 * The registration form. This table alone says what a merchant fills in: the JSON Schema, the page, the validation and
 * the OpenAPI document are all made from it, so they cannot differ.
 */
export const registrationForm = {
  wechatId: {
    kind: 'text',
    label: { 'zh-CN': '微信号', en: 'WeChat ID' },
    hint: { 'zh-CN': '微信“我”页面头像旁的微信号', en: 'As shown on the Me page of WeChat' },
    required: true,
    maxLength: 20,
    pattern: WECHAT_ID_PATTERN,
    rule: {
      'zh-CN': '6–20个字符，以字母开头，只能用字母、数字、减号和下划线',
      en: '6–20 characters: a letter first, then letters, digits, hyphens and underscores',
    },
    autocomplete: 'username',
  },
  displayName: {
    kind: 'text',
    label: { 'zh-CN': '显示名称', en: 'Display name' },
    hint: { 'zh-CN': '顾客会看到这个名称', en: 'Shoppers see this name' },
    required: true,
    maxLength: 60,
    pattern: VISIBLE,
    rule: visibleRule,
    autocomplete: 'nickname',
  },
  phone: {
    kind: 'text',
    label: { 'zh-CN': '手机号', en: 'Phone' },
    required: false,
    maxLength: 32,
    pattern: '^\\+?[0-9](?:[ \\-]?[0-9]){4,14}$',
    rule: { 'zh-CN': '5–15位数字，可以 + 开头', en: '5–15 digits, with a + in front if you like' },
    autocomplete: 'tel',
  },
  email: {
    kind: 'text',
    label: { 'zh-CN': '电子邮箱', en: 'E-mail' },
    required: false,
    maxLength: 254,
    pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\\-]{1,64}@[A-Za-z0-9\\-]+(?:\\.[A-Za-z0-9\\-]+)+$",
    rule: { 'zh-CN': '例如 name@example.com', en: 'like name@example.com' },
    autocomplete: 'email',
  },
  consent: {
    kind: 'consent',
    label: {
      'zh-CN': '我同意运营方作为个人信息处理者，为审核、计奖和打款处理以上信息',
      en: 'I agree that the operator processes this information to review me, to work out my rewards and to pay them',
    },
    required: true,
  },
} as const satisfies Record<string, FormField>;

export type ApplicantField = Exclude<keyof typeof registrationForm, 'consent'>;
const APPLICANT_FIELDS = Object.keys(registrationForm).filter((name): name is ApplicantField => name !== 'consent');

/** What somebody said of themselves, out of more; null where nothing was given. */
export function applicantOf<T extends { [F in ApplicantField]?: string | null | undefined }>(
  from: T,
): { [F in ApplicantField]: Exclude<T[F], undefined> | (undefined extends T[F] ? null : never) } {
  const said = Object.fromEntries(APPLICANT_FIELDS.map((name) => [name, from[name] ?? null]));
  return said as ReturnType<typeof applicantOf<T>>;
}

/** The part of the form about the bank account: given whole, or not at all. */
export const bankAccountForm = {
  holder: {
    kind: 'text',
    label: { 'zh-CN': '户名', en: 'Account holder' },
    required: true,
    maxLength: 70,
    pattern: VISIBLE,
    rule: visibleRule,
    autocomplete: 'name',
  },
  holderLatin: {
    kind: 'text',
    label: { 'zh-CN': '户名拼音或英文', en: 'Account holder in Latin letters' },
    hint: {
      'zh-CN': '按银行或护照上的写法填写；不填则自动转写',
      en: 'As your bank or passport writes it; left empty, the name is transliterated',
    },
    required: false,
    maxLength: 70,
    pattern: "^[A-Za-z](?:[A-Za-z0-9 ().,'+\\-]*[A-Za-z0-9.)])?$",
    rule: {
      'zh-CN': "以英文字母开头，只能用英文字母、数字、空格和“( ) . , ' + -”",
      en: "a Latin letter first, then letters without accents, digits, spaces and ( ) . , ' + -",
    },
    autocomplete: 'off',
  },
  town: {
    kind: 'text',
    label: { 'zh-CN': '户主所在城市（拼音或英文）', en: 'Town of the account holder' },
    hint: {
      'zh-CN': '跨境打款时银行需要，例如 Shanghai',
      en: 'In Latin letters, such as Shanghai; banks want it when a payment crosses a border',
    },
    required: false,
    maxLength: 35,
    pattern: "^\\p{Script=Latin}(?:[\\p{Script=Latin}\\p{M}0-9 ().,'\\-]*[\\p{Script=Latin}\\p{M}0-9.)])?$",
    rule: {
      'zh-CN': "以拉丁字母开头，只能用拉丁字母、数字、空格和“( ) . , ' -”",
      en: "a Latin letter first, then Latin letters, digits, spaces and ( ) . , ' -",
    },
    autocomplete: 'address-level2',
  },
  country: {
    kind: 'choice',
    label: { 'zh-CN': '开户国家或地区', en: 'Country or region of the bank' },
    required: true,
    choices: BANK_COUNTRIES,
    autocomplete: 'country',
  },
  number: {
    kind: 'text',
    label: { 'zh-CN': '银行账号', en: 'Account number' },
    hint: { 'zh-CN': '使用 IBAN 的国家请填 IBAN', en: 'The IBAN where the country uses it' },
    required: true,
    maxLength: 100,
    pattern: `^(?:[${NUMBER_SEPARATORS}:\\uFF1A]*[A-Za-z0-9\\uFF10-\\uFF19\\uFF21-\\uFF3A\\uFF41-\\uFF5A]){4,38}[${NUMBER_SEPARATORS}]*$`,
    rule: {
      'zh-CN': '4–34位字母和数字，可含空格、横线和点',
      en: '4–34 letters and digits, with spaces, dashes and dots if you like',
    },
    autocomplete: 'off',
  },
  bankName: {
    kind: 'text',
    label: { 'zh-CN': '开户银行', en: 'Bank' },
    required: false,
    maxLength: 70,
    pattern: VISIBLE,
    rule: visibleRule,
    autocomplete: 'off',
  },
  bic: {
    kind: 'text',
    label: { 'zh-CN': 'BIC / SWIFT 代码', en: 'BIC / SWIFT code' },
    required: false,
    maxLength: 11,
    pattern: '^[A-Za-z]{6}[A-Za-z0-9]{2}(?:[A-Za-z0-9]{3})?$',
    rule: { 'zh-CN': '8位或11位', en: '8 or 11 characters' },
    autocomplete: 'off',
  },
  // The page asks for it beside the account; an API client may ask in its own way and leave it out.
  bankConsent: {
    kind: 'consent',
    label: {
      'zh-CN': '我单独同意运营方为打款处理以上收款账户信息，并提供给办理打款的银行',
      en: 'I agree separately that the operator processes this account to pay me, and gives it to the banks that do so',
    },
    required: false,
  },
} as const satisfies Record<string, FormField>;

/** Goes up with any change that a merchant should agree to anew; kept with each application. */
export const FORM_VERSION = 2;

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

function objectSchema(fields: Record<string, FormField>) {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    required: Object.keys(fields).filter((name) => fields[name]?.required),
    additionalProperties: false,
  };
}

function namedConsent(field: ConsentField, operator: string): ConsentField {
  if (operator === '') return field;
  const label = {
    'zh-CN': field.label['zh-CN'].replace('运营方', `运营方（${operator}）`),
    en: field.label.en.replace('the operator', `the operator (${operator})`),
  };
  return { ...field, label };
}

const title: Label = { 'zh-CN': '推广员注册', en: 'Become a partner' };
const bankTitle: Label = { 'zh-CN': '收款银行账户（可稍后补充）', en: 'Bank account for payouts (may follow later)' };

/**
 * The registration form as JSON Schema 2020-12, its properties in the order in which to show them. What is agreed to names
 * who processes the data: `operator`; empty: not known.
 */
export function registrationFormSchema(operator = ''): Record<string, unknown> {
  const { properties, ...schema } = objectSchema({
    ...registrationForm,
    consent: namedConsent(registrationForm.consent, operator),
  });
  const { consent, ...fields } = properties;
  const bankFields = { ...bankAccountForm, bankConsent: namedConsent(bankAccountForm.bankConsent, operator) };
  const bankAccount = { title: bankTitle.en, 'x-label': bankTitle, ...objectSchema(bankFields) };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:yinke:merchant-application:${FORM_VERSION}`,
    title: title.en,
    'x-label': title,
    ...schema,
    properties: { ...fields, bankAccount, consent },
  };
}
