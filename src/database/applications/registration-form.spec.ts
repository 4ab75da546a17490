import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { bankAccountForm } from '../bank-accounts/bank-account-form.js';
import { fieldFault, type FormField } from '../forms/form-field.js';
import { applicantForm } from '../merchants/applicant-form.js';
import { registrationConsent, registrationFormSchema } from './registration-form.js';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
for (const keyword of ['x-label', 'x-hint', 'x-rule', 'x-autocomplete']) ajv.addKeyword({ keyword });

/** A form that is valid in every field. */
const whole = {
  wechatId: 'li_hua_88',
  displayName: '李华',
  phone: '+86 138 0013 8000',
  email: 'li.hua@example.cn',
  bankAccount: { holder: '李华', number: '6222 0212 3456 7890', bankName: '工商银行', bic: 'ICBKCNBJ', country: 'CN' },
  consent: true,
};

const fields = Object.entries({ ...applicantForm, consent: registrationConsent, ...bankAccountForm }) as [
  string,
  FormField,
][];
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.stringMatching(/^[A-Za-z0-9@._ +-]{0,80}$/),
  fc.constantFrom(
    '\u202eabc',
    'a\ufe0f'.repeat(40),
    '\ud800',
    ' x',
    'x\n',
    'li_hua_88',
    'CN',
    'XX',
    true,
    false,
    null,
    7,
    {},
    [],
  ),
  fc.constant(undefined),
);

test('the form that is given out is JSON Schema 2020-12 and takes a complete and a minimal form', () => {
  const valid = ajv.compile(registrationFormSchema());
  expect(valid(whole)).toBe(true);
  expect(valid({ wechatId: 'li_hua_88', displayName: '李华', consent: true })).toBe(true);
  expect(valid({ ...whole, extra: 1 })).toBe(false);
  expect(valid({ ...whole, consent: false })).toBe(false);
});

test.each(fields)('form and validation agree on %s, whatever is filled in', (name, field) => {
  const valid = ajv.compile({ ...registrationFormSchema(), $id: `urn:test:${name}` });
  fc.assert(
    fc.property(odd, (value) => {
      const filled = structuredClone<Record<string, any>>(whole);
      if (name in bankAccountForm) filled.bankAccount[name] = value;
      else filled[name] = value;
      // As it comes over the wire: what is undefined is absent.
      const received = JSON.parse(JSON.stringify(filled));
      const got = name in bankAccountForm ? received.bankAccount[name] : received[name];
      expect(valid(received)).toBe(fieldFault(field, got) === null);
    }),
    { numRuns: 500 },
  );
});

test('every field has its text in both languages', () => {
  for (const [, field] of fields) {
    expect(field.label['zh-CN']).toMatch(/[\p{Script=Han}A-Z]/u);
    expect(field.label.en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test('what is agreed to names who processes the data, where that is known', () => {
  const labels = JSON.stringify(registrationFormSchema('Tea & Co.'));
  expect(labels).toContain('我同意运营方（Tea & Co.）作为个人信息处理者');
  expect(labels).toContain('I agree separately that the operator (Tea & Co.) processes this account');
  expect(JSON.stringify(registrationFormSchema())).toContain('我同意运营方作为个人信息处理者');
});
