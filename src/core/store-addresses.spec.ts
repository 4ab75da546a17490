import { addressesOf, hostsOf } from './store-addresses.js';

test('a URL with several addresses is one URL for each, in their order, whatever stands in the password', () => {
  expect(addressesOf('mysql://shop:p%40ss,word@one:3306,two:3307,[::1]:3308/yinke')).toEqual([
    'mysql://shop:p%40ss,word@one:3306/yinke',
    'mysql://shop:p%40ss,word@two:3307/yinke',
    'mysql://shop:p%40ss,word@[::1]:3308/yinke',
  ]);
  expect(addressesOf('redis://one:7000,two:7001')).toEqual(['redis://one:7000', 'redis://two:7001']);
});

test('a plain URL stays as it is', () => {
  for (const url of ['mysql://shop:pass@one:3306/yinke', 'redis://:pass@one/0', 'no url at all'])
    expect(addressesOf(url)).toEqual([url]);
});

test('people read all of its addresses', () => {
  expect(hostsOf('mysql://shop:pass@one,two:3307/yinke', 3306)).toBe('one:3306 or two:3307');
});
