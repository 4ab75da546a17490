import fc from 'fast-check';
import { BANK_TEXT, bankName, bankText } from './bank-text.js';

test.each([
  ['曾小明', 'Zeng Xiao Ming'],
  ['翟天临', 'Zhai Tian Lin'],
  ['单雄信', 'Shan Xiong Xin'],
  ['仇英', 'Qiu Ying'],
  ['查良镛', 'Zha Liang Yong'],
  ['区大相', 'Ou Da Xiang'],
  ['解晓东', 'Xie Xiao Dong'],
  ['尉迟恭', 'Yuchi Gong'],
  ['长孙无忌', 'Zhangsun Wu Ji'],
  ['朴树', 'Piao Shu'],
  ['缪斯', 'Miao Si'],
  ['李娜', 'Li Na'],
  ['欧阳娜娜', 'Ouyang Na Na'],
  ['万俟卨', 'Moqi Xie'],
  ['吕布', 'Lyu Bu'],
  ['王知行', 'Wang Zhi Xing'],
  ['單雄信', 'Shan Xiong Xin'],
  ['區大相', 'Ou Da Xiang'],
  ['尉遲恭', 'Yuchi Gong'],
  ['長孫無忌', 'Zhangsun Wu Ji'],
  ['查　良 镛', 'Zha Liang Yong'],
])('the surname of %s is read as one', (holder, expected) => {
  expect(bankName(holder, null)).toBe(expected);
});

test.each([
  ['解放书店', 'Jie Fang Shu Dian'],
  ['区域科技有限公司', 'Qu Yu Ke Ji You Xian Gong Si'],
  ['中国工商银行', 'Zhong Guo Gong Shang Yin Hang'],
  ['查询中心', 'Cha Xun Zhong Xin'],
  ['乐山市商会', 'Le Shan Shi Shang Hui'],
  ['阿依古丽·买买提', 'A Yi Gu Li Mai Mai Ti'],
])('the name %s, of no surname, is read as words', (holder, expected) => {
  expect(bankName(holder, null)).toBe(expected);
});

test.each([
  ['重庆', 'Chong Qing'],
  ['厦门', 'Xia Men'],
  ['解放', 'Jie Fang'],
  ['Jörg Müßiggang', 'Joerg Muessiggang'],
  ['ÄRZTEHAUS GRÖẞE & SÖHNE', 'AERZTEHAUS GROESSE + SOEHNE'],
  ['Özil', 'Oezil'],
  ['Mu\u0308ller', 'Mueller'],
  ['José Ñandú', 'Jose Nandu'],
  ['Łukasz Żółć', 'Lukasz Zolc'],
  ['Bank 王 of X', 'Bank Wang of X'],
  ['//A//B//', 'A/B'],
])('the text %s is written as %s', (text, expected) => {
  expect(bankText(text)).toBe(expected);
});

test('what the holder wrote in Latin letters wins', () => {
  expect(bankName('区大相', 'Au Tai Sheung')).toBe('Au Tai Sheung');
  expect(bankName('Müller', 'Muller')).toBe('Muller');
});

test('whatever is written, it is in the characters that banks take', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      for (const written of [bankText(text), bankName(text, null)]) {
        expect(written).toMatch(BANK_TEXT);
        expect(written).toBe(written.trim());
      }
    }),
  );
});

test.each([
  ['Größe', 'Groesse'],
  ['GRÖSSE', 'GROESSE'],
  ['MÜLLER', 'MUELLER'],
  ['Ärzte', 'Aerzte'],
  ['ÄRZTE', 'AERZTE'],
  ['Übel', 'Uebel'],
  ['Bär', 'Baer'],
  ['MENÜ', 'MENUE'],
  ['Menü', 'Menue'],
  ['A Ü', 'A Ue'],
  ['MENÜ GmbH', 'MENUE GmbH'],
  ['Ü', 'Ue'],
  ['aÖa', 'aOea'],
])('German letters are written out as Germans do: %s', (text, expected) => {
  expect(bankText(text)).toBe(expected);
});

test('what separates fields for older systems stands neither at an end nor twice, and blanks are one', () => {
  expect(bankText(' // a//b /  c/ / ')).toBe('a/b / c');
  expect(bankText('a_b & c')).toBe('a-b + c');
  expect(bankText('a;b')).toBe('a b');
  expect(bankName('查  良　　镛', null)).toBe('Zha Liang Yong');
});

test('a text that every bank takes has none but their characters, from end to end', () => {
  expect(BANK_TEXT.test("Aa9/-?:().,'+ ")).toBe(true);
  for (const bad of ['é', 'ab_', '_ab', 'a\n']) expect([bad, BANK_TEXT.test(bad)]).toEqual([bad, false]);
});
