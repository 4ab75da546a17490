import fc from 'fast-check';
import { camt, pain002, validateXml } from '../support/bank-reports.js';
import { minorFromBank, readBankReport } from '../../src/finance/bank-reports/bank-report.js';

const read = (xml: string) => readBankReport(Buffer.from(xml));
const said = (xml: string) =>
  read(xml).lines.map((line) => [line.reference ?? line.wholeMessage, line.says, line.reasonCode]);

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

  it('reads older versions, whose status is plain text, and any namespace prefix', () => {
    const old = camt([{ reference: 'A', amount: '1.00' }])
      .replaceAll('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>')
      .replaceAll(/<(\/?)([A-Z])/g, '<$1ns:$2')
      .replace('xmlns=', 'xmlns:ns=');
    expect(said(old)).toEqual([['A', 'paid', null]]);
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

  it('that is not UTF-8 is refused', () => {
    expect(() => readBankReport(Buffer.from([0x3c, 0xff, 0xfe]))).toThrow(/bank-report\.unreadable/);
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
