import { minorFromBank, minorOf } from './bank-amount.js';

describe('a bank’s amount', () => {
  it.each<[amount: string, currency: string, minor: bigint | null]>([
    ['0', 'CNY', 0n],
    ['10', 'CNY', 1_000n],
    ['10.5', 'CNY', 1_050n],
    ['10.05', 'CNY', 1_005n],
    ['10.050', 'CNY', 1_005n],
    ['007.10', 'CNY', 710n],
    ['1.005', 'CNY', null],
    ['10.0050', 'CNY', null],
    ['100', 'JPY', 100n],
    ['100.00', 'JPY', 100n],
    ['100.10', 'JPY', null],
    ['1.005', 'KWD', 1_005n],
    ['1.0005', 'KWD', null],
    ['999999999999999999.99', 'EUR', 99_999_999_999_999_999_999n],
    ['1000000000000000000', 'EUR', null],
    [`1.${'0'.repeat(17)}`, 'EUR', 100n],
    [`1.${'0'.repeat(18)}`, 'EUR', null],
    ['1.', 'EUR', null],
    ['.5', 'EUR', null],
    ['', 'EUR', null],
    ['+1', 'EUR', null],
    ['-1', 'EUR', null],
    ['1 EUR', 'EUR', null],
    [' 1', 'EUR', null],
    ['1.0a', 'EUR', null],
    ['1,000.00', 'EUR', null],
    ['10', 'XXZ', null],
    ['10', '', null],
  ])('%j of %s is %s minor units', (amount, currency, minor) => {
    expect(minorFromBank(amount, currency)).toBe(minor);
    expect(minorOf({ amount, currency })).toBe(minor);
  });

  it('is none without a currency, and no currency is one', () => {
    expect(minorOf({ amount: '1.00', currency: null })).toBeNull();
    expect(minorOf({ amount: null, currency: 'CNY' })).toBeNull();
  });
});
