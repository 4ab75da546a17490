import { accountNumberFault, bicFault, normaliseBankAccount, shownEnd } from './bank-account.js';

test('an account number of an IBAN country is a valid IBAN of that country', () => {
  expect(accountNumberFault('DE89 3704 0044 0532 0130 00', 'DE')).toBeNull();
  expect(accountNumberFault('de89370400440532013000', 'DE')).toBeNull();
  expect(accountNumberFault('DE89 3704 0044 0532 0130 01', 'DE')).toContain('not a valid IBAN');
  expect(accountNumberFault('NL91ABNA0417164300', 'DE')).toContain('begins with DE');
  expect(accountNumberFault('0532013000', 'DE')).toContain('begins with DE');
});

test('elsewhere it is 4 to 34 letters and digits', () => {
  expect(accountNumberFault('6222 0212-3456 7890123', 'CN')).toBeNull();
  for (const number of ['123', '1'.repeat(35), '６２２２０２', '12_34', '一二三四', ''])
    expect(accountNumberFault(number, 'CN')).toContain('4 to 34');
});

test('a BIC is checked', () => {
  expect(bicFault('ICBKCNBJ')).toBeNull();
  expect(bicFault('deutdeff500')).toBeNull();
  for (const bic of ['ICBK', 'ICBKZZBJ', 'ICBKCNBJX', 'ＩＣＢＫＣＮＢＪ']) expect(bicFault(bic)).not.toBeNull();
});

test('equal accounts are stored equally', () => {
  const given = { holder: '李华', bankName: null, country: 'CN' };
  expect(normaliseBankAccount({ ...given, number: '6222-0212 3456', bic: 'icbkcnbj' })).toEqual(
    normaliseBankAccount({ ...given, number: '622202123456', bic: 'ICBKCNBJ' }),
  );
});

test('the last four are shown, and never most of a number', () => {
  expect(shownEnd('622202123456')).toBe('3456');
  expect(shownEnd('1234')).toBe('34');
  expect(shownEnd('12345')).toBe('45');
});
