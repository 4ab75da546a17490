import fc from 'fast-check';
import { inChinese, JOURNAL_NAMES, JOURNAL_TEXTS, journalText } from './journal-text.js';

/** Letters of English words; what stands in braces is a name or a number. */
const ENGLISH = /[A-Za-z]{2,}/;
const SLOT = /\{(\w+)\}/g;

describe('what journals say of themselves', () => {
  it('has a name in Chinese for every kind, without English in it', () => {
    for (const { 'zh-CN': name } of Object.values(JOURNAL_NAMES)) expect(name).not.toMatch(ENGLISH);
  });

  it.each(Object.entries(JOURNAL_TEXTS))('%s reads in Chinese, without English around its names', (_key, text) => {
    const [english, chinese] = text;
    expect(chinese.replace(SLOT, '')).not.toMatch(ENGLISH);
    const slots = (from: string) => [...from.matchAll(SLOT)].map(([, name]) => name).sort();
    expect(slots(chinese)).toEqual(slots(english));
  });

  it.each(Object.entries(JOURNAL_TEXTS))('%s is known again by its description, whatever it names', (_key, text) => {
    const [english, chinese] = text;
    const names = [...english.matchAll(SLOT)].map(([, name]) => name ?? '');
    const values = fc.tuple(...names.map(() => fc.stringMatching(/^[A-Za-z0-9_.:-]{1,20}$/)));
    fc.assert(
      fc.property(values, (filling) => {
        const facts = new Map(names.map((name, index) => [name, filling[index] ?? '']));
        const fill = (from: string) => from.replace(SLOT, (_slot, name: string) => facts.get(name) ?? '');
        expect(inChinese(fill(english))).toBe(fill(chinese));
      }),
    );
  });

  it('leaves alone what a person wrote', () => {
    expect(inChinese('The price of order 7 was wrong')).toBeNull();
    expect(inChinese(journalText('refund', { refund: 'r1', order: 'A' }))).toBe('订单 A 的退款（r1）');
  });
});
