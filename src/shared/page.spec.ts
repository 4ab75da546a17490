import fc from 'fast-check';
import { pageOf, readCursor } from './page.js';

test('following the cursors shows every row once and in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' })),
      fc.integer({ min: 1, max: 5 }),
      (keys, limit) => {
        const rows = [...keys].sort();
        const seen: string[] = [];
        for (let after: string | null = null; ;) {
          const from: number = after === null ? 0 : rows.indexOf(after) + 1;
          const page = pageOf(
            rows.slice(from, from + limit + 1),
            limit,
            (row) => row,
            (row) => row,
          );
          seen.push(...page.items);
          if (page.nextCursor === null) break;
          after = readCursor(page.nextCursor);
        }
        expect(seen).toEqual(rows);
      },
    ),
  );
});

test('a cursor that is not ours is refused', () => {
  for (const cursor of ['', '!', 'a', '%%%', '////']) expect(() => readCursor(cursor)).toThrow('request.invalid');
});
