import { wechatKey } from './wechat-id.js';

test('a WeChat ID is the same in any case', () => {
  expect(wechatKey('Li-Hua_88')).toBe('li-hua_88');
  expect(wechatKey('a23456')).toBe('a23456');
  expect(wechatKey('a'.repeat(20))).toBe('a'.repeat(20));
});

test('a WeChat ID is the same in full-width letters, and with spaces that a keyboard added', () => {
  for (const typed of ['ａｂｃｄｅｆ', ' abc def', 'abcdef\n', 'ABC\u200bDEF\u3000', 'ＡＢＣｄｅｆ'])
    expect(wechatKey(typed)).toBe('abcdef');
});

test('what WeChat would not give out is none', () => {
  for (const typed of [
    '',
    'a2345',
    'a'.repeat(21),
    '1abcdef',
    '_abcdef',
    'abc.def',
    'abcd\u00e9f',
    'abcd\u0435f',
    '李华李华李华',
    "a' OR 1=1",
  ])
    expect(wechatKey(typed)).toBeNull();
});
