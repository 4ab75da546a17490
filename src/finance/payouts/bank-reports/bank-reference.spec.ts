import { mentionedReferences, paymentReference, realReference } from './bank-reference.js';

const OURS = '01KAQ00000000000000000PAY1';

describe('what a bank writes as a reference', () => {
  it.each([
    'NONREF',
    'NON REF',
    'NOREF',
    'no ref',
    'NOTPROVIDED',
    'NOT PROVIDED',
    'notprovided',
    'N/A',
    'NA',
    'NULL',
    'NONE',
    'UNKNOWN',
    '-',
    '--- ---',
    '0000',
    '0 0',
    '_._/',
    '  ',
    '',
    undefined,
  ])('%j is none', (text) => {
    expect([realReference(text), paymentReference(text)]).toEqual([null, null]);
  });

  it.each(['B1', 'NONREF1', 'XNONREF', 'NO 1', 'NOT', 'N-A', 'NAN', 'UNKNOWN1', '0001', '-1', 'NULLIFIED', 'NONESUCH'])(
    '%j is one',
    (text) => {
      expect([realReference(text), paymentReference(text)]).toEqual([text, text]);
    },
  );

  it('is without the spaces around it, and no longer than ISO 20022 has it', () => {
    expect(realReference('  B1\t')).toBe('B1');
    expect(realReference('B'.repeat(36))).toBe('B'.repeat(35));
    expect(realReference('B'.repeat(35))).toBe('B'.repeat(35));
  });

  it.each<[text: string, reference: string | null]>([
    [OURS, OURS],
    [OURS.toLowerCase(), OURS],
    [`EREF+${OURS}`, OURS],
    [` eref+${OURS.toLowerCase()} `, OURS],
    ['EREF+NOTPROVIDED', null],
    ['EREF+', null],
    ['EREF+salary-1', 'salary-1'],
    [`X-EREF+${OURS.slice(0, 20)}`, `X-EREF+${OURS.slice(0, 20)}`],
    ['salary-1', 'salary-1'],
    // Not of our form: too short, too long, or with letters that we do not use.
    [OURS.toLowerCase().slice(1), OURS.toLowerCase().slice(1)],
    [`${OURS.toLowerCase()}x`, `${OURS.toLowerCase()}x`],
    [`x${OURS.toLowerCase()}`, `x${OURS.toLowerCase()}`],
    [`8${OURS.toLowerCase().slice(1)}`, `8${OURS.toLowerCase().slice(1)}`],
    ...['i', 'l', 'o', 'u'].map((letter): [string, string] => [
      OURS.toLowerCase().slice(0, 25) + letter,
      OURS.toLowerCase().slice(0, 25) + letter,
    ]),
  ])('%j of a payment is %j', (text, reference) => {
    expect(paymentReference(text)).toBe(reference);
  });
});

describe('references that a text mentions', () => {
  const other = OURS.replace('PAY1', 'PAY2');

  it.each<[string[], string[]]>([
    [[], []],
    [['rent of November'], []],
    [[`no ${OURS}.`], [OURS]],
    [[`ref:${OURS.toLowerCase()}/1`], [OURS]],
    [[OURS, `again ${OURS}`], [OURS]],
    [[`${other} ${OURS}`], [other, OURS]],
    [['no', OURS], [OURS]],
    [[`${OURS}7`, `X${OURS}`, `7${OURS}`, `${OURS}X`], []],
  ])('%j are %j', (texts, references) => {
    expect(mentionedReferences(texts)).toEqual(references);
  });
});
