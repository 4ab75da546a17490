import {
  likelyDoubles,
  similarNames,
  whatIsTheSame,
  type Person,
} from '../../web/console/pages/applications/doubles.js';

const person = (over: Partial<Person>): Person => ({
  id: 'app_1',
  wechatId: 'somebody_1',
  displayName: '林晓梅',
  phone: null,
  email: null,
  bankAccount: null,
  createdAt: '2026-05-01T00:00:00Z',
  ...over,
});

test('a telephone is the same with and without the country’s code, however it is written', () => {
  const one = person({ phone: '138 0013 8000', displayName: '甲' });
  expect(whatIsTheSame(one, person({ id: 'mer_1', wechatId: 'x', phone: '+86 13800138000' }))).toEqual(['phone']);
  expect(whatIsTheSame(one, person({ id: 'mer_1', wechatId: 'x', phone: '13800138001' }))).toEqual([]);
});

test('what nobody gave is not the same', () => {
  expect(whatIsTheSame(person({ displayName: '甲' }), person({ wechatId: 'x', displayName: '乙' }))).toEqual([]);
});

test('names are similar in any order of their words and with a slip; Chinese names have to be the same', () => {
  expect(similarNames('Anna Schmidt', 'schmidt, anna')).toBe(true);
  expect(similarNames('Anna Schmidt', 'Anna Schmitt')).toBe(true);
  expect(similarNames('Anna Schmidt', 'Hanna Schulz')).toBe(false);
  expect(similarNames('林 晓梅', '林晓梅')).toBe(true);
  expect(similarNames('王建国', '王建军')).toBe(false);
});

test('whoever has most in common comes first, and the person themselves is no double', () => {
  const account = { holder: '林晓梅', maskedNumber: '••••0123', country: 'CN' };
  const of = person({ phone: '13800138000', bankAccount: account });
  const name = person({ id: 'mer_name', wechatId: 'a' });
  const accounts = person({ id: 'mer_account', wechatId: 'b', bankAccount: account });
  const doubles = likelyDoubles(of, [of, name, accounts]);
  expect(doubles.map(({ person: { id }, same }) => [id, same])).toEqual([
    ['mer_account', ['name', 'accountHolder', 'accountNumber']],
    ['mer_name', ['name']],
  ]);
});
