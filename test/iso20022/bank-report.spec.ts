import fc from 'fast-check';
import { camt, collected, pain002, readReport as read, validateXml } from '../support/bank-reports.js';
import { minorFromBank } from '../../src/finance/bank-reports/bank-report.js';

const said = (xml: string) => read(xml).lines.map((line) => [line.reference ?? line.batch, line.says, line.reasonCode]);

describe('a bank report', () => {
  it('says of each payment what the bank says, and of the others what it says of the whole file', () => {
    const payments = [
      { reference: 'A', status: 'ACSC' },
      { reference: 'B', status: 'RJCT', reason: 'AC04' },
      { reference: 'C', status: 'PDNG' },
    ];
    const partly = pain002({ original: 'M', group: 'PART', payments });
    validateXml(partly, 'pain.002.001.10.xsd');
    expect(said(partly)).toEqual([
      ['A', 'accepted', null],
      ['B', 'failed', 'AC04'],
      ['C', null, null],
      ['M', null, null],
    ]);
    expect(read(partly).lines[1]).toMatchObject({ reason: 'as R&D said' });
    expect(said(pain002({ original: 'M', group: 'RJCT', reason: 'AM05' }))).toEqual([['M', 'failed', 'AM05']]);
    expect(said(pain002({ original: 'M', group: 'ACTC', block: 'RJCT' }))).toEqual([['M', 'failed', null]]);
  });

  it.each(['053', '054'] as const)('takes booked lines of a camt.%s, and nothing that is not booked yet', (kind) => {
    const statement = camt(
      [
        { reference: 'A', amount: '12.30' },
        { reference: 'B', amount: '1', returned: 'AC04' },
        { reference: 'C', amount: '5.00', pending: true },
        { reference: 'NOTPROVIDED', amount: '7.00' },
      ],
      'EUR',
      kind,
    );
    validateXml(statement, `camt.${kind}.001.08.xsd`);
    expect(read(statement)).toMatchObject({ kind: `camt.${kind}`, messageId: 'STMT-1' });
    expect(said(statement)).toEqual([
      ['A', 'paid', null],
      ['B', 'returned', 'AC04'],
      ['C', null, null],
      [null, 'paid', null],
    ]);
    expect(read(statement).lines[0]).toMatchObject({ amount: '12.30', currency: 'EUR', bookedOn: '2025-11-24' });
  });

  it('is read alike as pain.002.001.03 and .10', () => {
    const payments = [
      { reference: 'A', status: 'ACSP' },
      { reference: 'B', status: 'RJCT', reason: 'AM04' },
    ];
    const [old, young] = (['03', '10'] as const).map((version) =>
      pain002({ original: 'M', version, group: 'PART', block: 'PART', payments }),
    );
    validateXml(young!, 'pain.002.001.10.xsd');
    expect(old).toContain('pain.002.001.03');
    expect(read(old!)).toEqual(read(young!));
  });

  it.each(['053', '054'] as const)('is read alike as camt.%s.001.04 and .08', (kind) => {
    const bookings = [
      { reference: 'A', amount: '1.00', bankReference: 'B1', account: '6222', day: '2025-12-01' },
      { reference: 'B', amount: '2.00', returned: 'AC04' },
    ];
    const [old, young] = (['04', '08'] as const).map((version) => camt(bookings, 'CNY', kind, { version }));
    validateXml(young!, `camt.${kind}.001.08.xsd`);
    expect(old).toContain(`camt.${kind}.001.04`);
    expect(old).toContain('<Sts>BOOK</Sts>');
    expect(read(old!)).toEqual(read(young!));
    expect(read(old!).lines[0]).toMatchObject({
      says: 'paid',
      bookedOn: '2025-12-01',
      bankReference: 'B1',
      bookedAccount: '1001244319000000017',
      otherAccounts: ['6222'],
    });
  });

  it('is read with any namespace prefix, and by the names that the first versions gave', () => {
    const prefixed = camt([{ reference: 'A', amount: '1.00' }])
      .replaceAll(/<(\/?)([A-Z])/g, '<$1ns:$2')
      .replace('xmlns=', 'xmlns:ns=');
    expect(said(prefixed)).toEqual([['A', 'paid', null]]);
    const first = camt([{ reference: 'A', amount: '1.00' }]).replaceAll('BkToCstmrStmt', 'BkToCstmrStmtV02');
    expect(said(first)).toEqual([['A', 'paid', null]]);
    const flat = pain002({ original: 'M', payments: [{ reference: 'A', status: 'RJCT' }] })
      .replace(/<OrgnlPmtInfAndSts><OrgnlPmtInfId>.*?<\/OrgnlPmtInfId>/, '')
      .replace('</OrgnlPmtInfAndSts>', '');
    expect(said(flat)).toEqual([['A', 'failed', null]]);
  });

  it('names a file of ours by its block or its message, and payments by whichever of their names is left', () => {
    const id = '01KAQ00000000000000000MSG1';
    const booked = camt(
      [
        { amount: '6.00', batch: { paymentInformationId: `${id}-1`, messageId: 'THEIRS' } },
        { amount: '7.00', batch: { messageId: id } },
        collected('3.00', [
          { reference: 'A', amount: '1.00' },
          { amount: '2.00', remittance: '01KAQ00000000000000000PAY1' },
        ]),
        { amount: '5.00', remittance: 'rent of November' },
      ],
      'CNY',
      '054',
    );
    validateXml(booked, 'camt.054.001.08.xsd');
    expect(read(booked).lines.map(({ reference, batch, amount }) => [reference, batch, amount])).toEqual([
      [null, id, '6.00'],
      [null, id, '7.00'],
      ['A', null, '1.00'],
      ['01KAQ00000000000000000PAY1', null, '2.00'],
      [null, null, '5.00'],
    ]);
    expect(
      said(pain002({ original: id, block: 'RJCT', reason: 'DT01' }).replace(/<OrgnlMsgId>.*?</, '<OrgnlMsgId>X<')),
    ).toEqual([[id, 'failed', null]]);
  });

  it.each([
    ['nothing', ''],
    ['not XML', '{"a": 1}'],
    ['cut off half-way', camt([{ reference: 'A', amount: '1.00' }]).slice(0, -40)],
    ['another message', '<Document><FIToFICstmrCdtTrf/></Document>'],
    ['no message id', '<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>'],
    ['an external entity', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document><a>&x;</a></Document>'],
    ['a billion laughs', '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Document><a>&b;</a></Document>'],
    ['a tower', `<Document>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</Document>`],
    ['prototypes', '<Document><__proto__><CstmrPmtStsRpt/></__proto__><constructor/></Document>'],
  ])('that is %s is refused', (_, xml) => {
    expect(() => read(xml)).toThrow(/bank-report\.unreadable/);
  });

  it('whose amounts are decimal text is read to the minor unit, and not guessed', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), (minor) => {
        const digits = minor.toString().padStart(3, '0');
        expect(minorFromBank(`${digits.slice(0, -2)}.${digits.slice(-2)}000`, 'CNY')).toBe(minor);
      }),
    );
    expect(minorFromBank('500', 'JPY')).toBe(500n);
    expect(minorFromBank('500.0', 'JPY')).toBe(500n);
    for (const [amount, currency] of [
      ['1.001', 'CNY'],
      ['-1.00', 'CNY'],
      ['1e3', 'CNY'],
      ['1,00', 'CNY'],
      ['1.00', 'XXZ'],
    ] as const)
      expect(minorFromBank(amount, currency)).toBeNull();
  });
});
