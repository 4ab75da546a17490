import { lacksAddress, payeeAddress } from './payee-address.js';

test.each([
  // currency, payee's country, town, debtor's country: address, lacking
  ['CNY', 'DE', 'Koeln', 'CN', { town: 'Koeln', country: 'DE' }, false],
  ['CNY', 'DE', null, 'CN', null, true],
  ['CNY', 'CN', 'Shanghai', 'CN', null, false],
  ['CNY', 'CN', null, 'CN', null, false],
  ['EUR', 'FR', 'Paris', 'DE', { town: 'Paris', country: 'FR' }, false],
  ['EUR', 'FR', null, 'DE', null, false],
  ['EUR', 'FR', null, 'US', null, true],
])('%s to %s (%s) from %s', (currency, country, townSent, from, address, lacking) => {
  const debtor = { country: from };
  expect(payeeAddress({ country, townSent }, debtor)).toEqual(address);
  expect(lacksAddress({ currency, country, townSent }, debtor)).toBe(lacking);
});
