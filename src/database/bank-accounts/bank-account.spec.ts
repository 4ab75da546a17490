import {
  accountNumberFault,
  BANK_COUNTRIES,
  bankAccountWarnings,
  bicFault,
  normaliseAccountNumber,
  normaliseBankAccount,
  shownEnd,
} from './bank-account.js';

test('an account number of an IBAN country is a valid IBAN of that country', () => {
  expect(accountNumberFault('DE89 3704 0044 0532 0130 00', 'DE')).toBeNull();
  expect(accountNumberFault('de89370400440532013000', 'DE')).toBeNull();
  expect(accountNumberFault('DE89 3704 0044 0532 0130 01', 'DE')).toContain('not a valid IBAN');
  expect(accountNumberFault('NL91ABNA0417164300', 'DE')).toContain('begins with DE');
  expect(accountNumberFault('0532013000', 'DE')).toContain('begins with DE');
});

test('elsewhere it is 4 to 34 letters and digits', () => {
  expect(accountNumberFault('6222 0212-3456 7890123', 'CN')).toBeNull();
  for (const number of ['123', '1'.repeat(35), '12_34', '一二三四', ''])
    expect(accountNumberFault(number, 'CN')).toContain('4 to 34');
});

test('a BIC is checked', () => {
  expect(bicFault('ICBKCNBJ')).toBeNull();
  expect(bicFault('deutdeff500')).toBeNull();
  for (const bic of ['ICBK', 'ICBKZZBJ', 'ICBKCNBJX', 'ＩＣＢＫＣＮＢＪ']) expect(bicFault(bic)).not.toBeNull();
});

test('equal accounts are stored equally', () => {
  const given = { holder: '李华', holderLatin: null, town: null, bankName: null, country: 'CN' };
  expect(normaliseBankAccount({ ...given, number: '6222-0212 3456', bic: 'icbkcnbj' })).toEqual(
    normaliseBankAccount({ ...given, number: '622202123456', bic: 'ICBKCNBJ' }),
  );
});

test('the last four are shown, and never most of a number', () => {
  expect(shownEnd('622202123456')).toBe('3456');
  expect(shownEnd('1234')).toBe('34');
  expect(shownEnd('12345')).toBe('45');
});

test.each([
  'DE89 3704 0044 0532 0130 00',
  'IBAN: DE89 3704 0044 0532 0130 00',
  'iban DE89-3704-0044-0532-0130-00',
  'IBAN：ＤＥ８９　３７０４　００４４　０５３２　０１３０　００',
  'DE89\u00a03704\u202f0044\u20090532\u20110130\u201300',
  'de89.3704.0044.0532.0130.00',
  'DE89\u2013 3704\u2014 0044\u2212 0532\u00ad0130\u200b00',
  ' DE89\t370400440532013000\n',
  'DE89·3704•0044．0532 0130 00',
])('%j is the IBAN that it is', (typed) => {
  expect(normaliseAccountNumber(typed)).toBe('DE89370400440532013000');
  expect(accountNumberFault(typed, 'DE')).toBeNull();
});

test.each([
  ['6222 0212 3456 7890 123', '6222021234567890123'],
  ['６２２２０２１２', '62220212'],
  ['IBAN1234', 'IBAN1234'],
])('%s elsewhere is %s', (typed, number) => {
  expect(normaliseAccountNumber(typed)).toBe(number);
});

test.each([
  ['DJ2100010000000154000100186', 'DJ', null],
  ['DJ2100010000000154000100187', 'DJ', /not a valid IBAN/],
  ['HN88CABF00000000000250005469', 'HN', null],
  ['1234567', 'HN', /begins with HN/],
  ['FR1420041010050500013M02606', 'GP', null],
  ['GB29NWBK60161331926819', 'JE', null],
  // Countries outside the registry that have IBANs all the same: the check digits are known.
  ['CI93CI0080111301134291200589', 'CI', null],
  ['CI93CI0080111301134291200588', 'CI', /check digits/],
  // An IBAN of elsewhere, also one with a slip.
  ['DE89370400440532013000', 'CN', /an IBAN of DE/],
  ['DE89370400440532013001', 'US', /an IBAN of DE/],
  ['DE8937040044', 'CN', null],
  ['CNAPS12345', 'CN', null],
] as const)('%s in %s: %s', (number, country, fault) => {
  if (fault === null) expect(accountNumberFault(number, country)).toBeNull();
  else expect(accountNumberFault(number, country)).toMatch(fault);
});

test('a BIC of another country than the account is for the reviewer to look at', () => {
  expect(bankAccountWarnings({ bic: 'DEUTDEFF', country: 'CN' })).toMatchObject([
    { code: 'bic-of-another-country', detail: 'The BIC is of a bank in DE, the account is in CN.' },
  ]);
  for (const [bic, country] of [
    ['DEUTDEFF', 'DE'],
    ['BNPAFRPP', 'GP'],
    ['BNPAGPGX', 'GP'],
    [null, 'CN'],
  ] as const)
    expect(bankAccountWarnings({ bic, country })).toEqual([]);
});

test('what people write is stored in one form: capitals, no separators, nothing where nothing was given', () => {
  const given = { holder: '李华', holderLatin: null, town: null, bankName: null, country: 'DE' };
  expect(normaliseBankAccount({ ...given, number: 'IBAN: de89 3704-0044 0532 0130 00', bic: 'cobadeffxxx' })).toEqual({
    ...given,
    number: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
  });
  expect(normaliseBankAccount({ ...given, country: 'CN', number: '6222 0212', bic: null }).bic).toBeNull();
  expect(normaliseAccountNumber('1IBAN22')).toBe('1IBAN22');
});

test('the countries that may be chosen stand in order of their codes, each once', () => {
  expect(BANK_COUNTRIES).toEqual([...new Set(BANK_COUNTRIES)].sort());
  expect(bicFault('icbkcnbj')).toBeNull();
  expect(bicFault('ICBK')).toBe('is not a BIC (8 or 11 letters and digits)');
});
