import { isInstant, isText } from './fields.js';

describe('text from outside', () => {
  it.each([
    ['plain', true],
    ['中文 名字', true],
    ['👍👍👍👍👍👍👍👍👍👍', true],
    ['👍👍👍👍👍👍👍👍👍👍👍', false],
    ['', false],
    [' a', false],
    ['a ', false],
    ['a\u00a0', false],
    ['a\nb', false],
    ['a\u0000', false],
    ['\ud800', false],
    ['elevenchars', false],
    [7, false],
    [null, false],
    [['a'], false],
  ])('%j: %s', (value, good) => {
    expect(isText(value, 10)).toBe(good);
  });
});

describe('moments from outside', () => {
  it.each([
    ['2026-01-31T08:00:00Z', true],
    ['2026-01-31T08:00:00.123456+08:00', true],
    ['2024-02-29T00:00:00z', true],
    ['2023-02-29T00:00:00Z', false],
    ['2026-02-31T00:00:00Z', false],
    ['2026-13-01T00:00:00Z', false],
    ['2026-01-01T24:00:00Z', false],
    ['2026-01-01T00:00:60Z', false],
    ['2026-01-01', false],
    ['2026-01-01T00:00:00', false],
    ['1969-12-31T23:59:59Z', false],
    ['9999-12-31T23:59:59-01:00', false],
    [1767225600000, false],
  ])('%j: %s', (value, good) => {
    expect(isInstant(value)).toBe(good);
  });
});
