import fc from 'fast-check';
import { marksOf, similarNames, weightOf, whatIsTheSame, type Person } from './likeness.js';

const person = (over: Partial<Person>): Person => ({
  wechatId: 'somebody_1',
  displayName: '林晓梅',
  phone: null,
  email: null,
  bankAccount: null,
  ...over,
});

test('a telephone is the same with and without the country’s code, however it is written', () => {
  const one = person({ phone: '138 0013 8000', displayName: '甲' });
  expect(whatIsTheSame(one, person({ wechatId: 'x', phone: '+86 13800138000' }))).toEqual(['phone']);
  expect(whatIsTheSame(one, person({ wechatId: 'x', phone: '13800138001' }))).toEqual([]);
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

test('an account says more than a name', () => {
  const bankAccount = { holder: '林晓梅', numberHash: 'a1' };
  const of = person({ phone: '13800138000', bankAccount });
  const same = whatIsTheSame(of, person({ wechatId: 'b', bankAccount }));
  expect(same).toEqual(['accountHolder', 'accountNumber', 'name']);
  expect(weightOf(same)).toBeGreaterThan(weightOf(['name']));
});

const names = fc.oneof(
  fc.constantFrom('林晓梅', '林 晓梅', 'Anna Schmidt', 'schmidt anna', 'Anna Schmitt', 'Ａnna Schmidt', 'O’Neil'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const people = fc.record({
  wechatId: fc.constantFrom('li_wei_1', 'LI_WEI_1', 'zhang_san', 'wang_fang'),
  displayName: names,
  phone: fc.constantFrom(null, '13800138000', '+86 138-0013-8000', '0086 13800138000', '7654321'),
  email: fc.constantFrom(null, 'a@shop.example', ' A@Shop.example', 'b@shop.example'),
  bankAccount: fc.option(fc.record({ holder: names, numberHash: fc.constantFrom('h1', 'h2') })),
});

test('two people are as like one way round as the other, and each is like themselves', () => {
  fc.assert(
    fc.property(people, people, (one, other) => {
      expect(whatIsTheSame(one, other)).toEqual(whatIsTheSame(other, one));
      expect(whatIsTheSame(one, one)).toContain('wechatId');
    }),
  );
});

test('whoever has something in common is found by a mark', () => {
  const sharesMark = (one: Person, other: Person) => marksOf(one).some((mark) => marksOf(other).includes(mark));
  fc.assert(
    fc.property(people, people, (one, other) => {
      if (whatIsTheSame(one, other).length > 0) expect(sharesMark(one, other)).toBe(true);
    }),
  );
});
