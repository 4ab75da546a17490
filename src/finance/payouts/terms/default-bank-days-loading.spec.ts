import { jest } from '@jest/globals';

const { default: Holidays } = await import('date-holidays');
let tries = 0;
jest.unstable_mockModule('date-holidays', () => {
  tries += 1;
  if (tries === 1) throw new Error('too many open files');
  return { default: Holidays };
});
const { defaultBankDays } = await import('./default-bank-days.js');

it('the default bank days are asked of the library again after it could not be loaded', async () => {
  await expect(defaultBankDays('EUR')).rejects.toThrow('too many open files');
  expect((await defaultBankDays('EUR')).ofYear(2026)!.get('2026-05-01')).toEqual({ open: false, name: 'Labour Day' });
  expect(tries).toBe(2);
});
