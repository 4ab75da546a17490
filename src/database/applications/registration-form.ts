import { bankAccountForm } from '../bank-accounts/bank-account-form.js';
import { objectSchema, type ConsentField, type Label } from '../forms/form-field.js';
import { applicantForm } from '../merchants/applicant-form.js';

/** What an applicant agrees to. */
export const registrationConsent = {
  kind: 'consent',
  label: {
    'zh-CN': '我同意运营方作为个人信息处理者，为审核、计奖和打款处理以上信息',
    en: 'I agree that the operator processes this information to review me, to work out my rewards and to pay them',
  },
  required: true,
} as const satisfies ConsentField;

/** Goes up with any change that a merchant should agree to anew; kept with each application. */
export const FORM_VERSION = 2;

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
    ...applicantForm,
    consent: namedConsent(registrationConsent, operator),
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
