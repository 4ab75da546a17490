import { VISIBLE, visibleRule, type FormField } from '../forms/form-field.js';
import { BANK_COUNTRIES, NUMBER_SEPARATORS } from './bank-account.js';

/** The part of the registration form about the bank account: given whole, or not at all. */
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
