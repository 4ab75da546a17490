import { VISIBLE, visibleRule, type FormField } from '../forms/form-field.js';
import { WECHAT_ID_PATTERN } from './wechat-id.js';

/**
 * The part of the registration form about the person. This table alone says what a merchant fills in: the JSON Schema, the page,
 * the validation and the OpenAPI document are all made from it, so they cannot differ.
 */
export const applicantForm = {
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
} as const satisfies Record<string, FormField>;

export type ApplicantField = keyof typeof applicantForm;
const APPLICANT_FIELDS = Object.keys(applicantForm) as ApplicantField[];

/** What somebody said of themselves, out of more; null where nothing was given. */
export function applicantOf<T extends { [F in ApplicantField]?: string | null | undefined }>(
  from: T,
): { [F in ApplicantField]: Exclude<T[F], undefined> | (undefined extends T[F] ? null : never) } {
  const said = Object.fromEntries(APPLICANT_FIELDS.map((name) => [name, from[name] ?? null]));
  return said as ReturnType<typeof applicantOf<T>>;
}
