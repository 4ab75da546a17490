import { present } from './present.js';

test('null is the same as leaving it out, at every depth', () => {
  expect(present({ a: null, b: 0, c: { d: null, e: '' }, f: [{ g: null }, 1] })).toStrictEqual({
    b: 0,
    c: { e: '' },
    f: [{}, 1],
  });
});
