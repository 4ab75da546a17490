import fc from 'fast-check';
import { camt, collected, pain002, readReport as read, validateXml, type Booking } from '../support/bank-reports.js';
import { minorFromBank } from '../../src/finance/payouts/bank-reports/bank-amount.js';

const said = (xml: string) =>
  read(xml).lines.map((line) => [line.reference ?? line.batch, line.bankStatus, line.reasonCode]);

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
      bankStatus: 'paid',
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

  const OURS = '01KAQ00000000000000000PAY1';
  it.each<[title: string, booking: Partial<Booking>, reference: string | null]>([
    ['in small letters', { reference: OURS.toLowerCase() }, OURS],
    ['behind EREF+', { reference: `EREF+${OURS}` }, OURS],
    ['in a second remittance text', { remittance: `pay</Ustrd><Ustrd>no 1, ${OURS}.` }, OURS],
    ['in a text behind EREF+', { remittance: `EREF+${OURS.toLowerCase()} SVWZ+reward` }, OURS],
    ['in the information about the transaction', { reference: 'NONREF', note: `ref:${OURS}` }, OURS],
    ['twice', { remittance: `${OURS} ${OURS}` }, OURS],
    ['as a part of a longer word', { remittance: `${OURS}7`, note: `X${OURS}` }, null],
    ['in a form that is none of ours', { remittance: '81KAQ00000000000000000PAY1 0IKAQ00000000000000000PAY1' }, null],
    ['not, but that of somebody else', { reference: 'SALARY-1', note: OURS }, 'SALARY-1'],
    ...['NOTPROVIDED', 'NONREF', 'nonref', '-', '---', '0000', 'N/A', ' '].map(
      (text): [string, Partial<Booking>, null] => [`not, but as "${text}"`, { reference: text }, null],
    ),
  ])('repeats our reference %s', (_, booking, reference) => {
    const xml = camt([{ amount: '1.00', ...booking }]);
    validateXml(xml, 'camt.053.001.08.xsd');
    expect(read(xml).lines).toMatchObject([{ reference, mentioned: [] }]);
  });

  it('that mentions several references says of none that it is the payment’s', () => {
    const other = OURS.replace('PAY1', 'PAY2');
    const [line] = read(camt([{ amount: '1.00', remittance: `${other} ${OURS}` }])).lines;
    expect(line).toMatchObject({ reference: null, mentioned: [other, OURS] });
  });

  it.each<[title: string, booking: Partial<Booking>, amount: string | null, charge: string | null]>([
    ['own amount', { amount: '10.00' }, '10.00', null],
    ['entry', { amount: '10.00', withoutAmount: true }, '10.00', null],
    ['entry, and not of an order that it does not explain', { amount: '11.50', instructed: '10.00' }, '11.50', null],
    ['order, with charges', { amount: '11.50', instructed: '10.00', charges: '1.50' }, '10.00', '1.50'],
    ['entry, when the charges are not in it', { amount: '10.00', instructed: '10.00', charges: '1.50' }, '10.00', null],
    ['entry, when the charges do not add up', { amount: '11.51', instructed: '10.00', charges: '1.50' }, '11.51', null],
    ['entry of a return', { amount: '95.00', returned: 'AC04', instructed: '100.00', charges: '5.00' }, '95.00', null],
  ])('takes the amount of a payment from its %s', (_, booking, amount, charge) => {
    const xml = camt([{ reference: 'A', amount: '0', ...booking }]);
    validateXml(xml, 'camt.053.001.08.xsd');
    expect(read(xml).lines).toMatchObject([{ amount, charge, currency: amount && 'CNY' }]);
  });

  it('that books several payments as one sum takes their amounts from the order, and leaves the rest to those without', () => {
    const one = (reference: string, more: Partial<Booking> = {}) => ({
      reference,
      amount: '0',
      withoutAmount: true,
      ...more,
    });
    const xml = camt([
      collected('16.50', [
        one('A', { instructed: '3.00' }),
        { reference: 'B', amount: '4.50', instructed: '4.00', charges: '0.50' },
        one('C'),
        one('D'),
      ]),
      collected('5.00', [one('E'), one('F', { instructed: '5.00' })]),
    ]);
    validateXml(xml, 'camt.053.001.08.xsd');
    expect(read(xml).lines).toMatchObject([
      { reference: 'A', amount: '3.00', charge: null, shares: null },
      { reference: 'B', amount: '4.00', charge: '0.50', shares: null },
      { reference: 'C', amount: null, shares: { begins: true, amount: '9.00', currency: 'CNY' } },
      { reference: 'D', amount: null, shares: { begins: false, amount: '9.00', currency: 'CNY' } },
      { reference: 'E', amount: null, shares: null },
      { reference: 'F', amount: '5.00', shares: null },
    ]);
  });

  it.each<[title: string, booking: Partial<Booking>, bankStatus: string | null, remark: string | null]>([
    ['a debit that holds a credit', { sign: 'CRDT' }, null, 'signs-differ'],
    ['a return that holds a debit', { returned: 'AC04', sign: 'DBIT' }, null, 'signs-differ'],
    ['fees', { code: 'FEES' }, null, 'charges'],
    ['charges', { code: 'CHRG' }, null, 'charges'],
    ['charges by the bank’s own code', { ownCode: 'NCHG+808+BKI' }, null, 'charges'],
    ['fees by the bank’s own code', { ownCode: 'FEE' }, null, 'charges'],
    ['a payment by the bank’s own code', { ownCode: 'NTRF+116' }, 'paid', null],
    ['a payment that is called coffee', { ownCode: 'COFFEE' }, 'paid', null],
  ])('is %s', (_, booking, bankStatus, remark) => {
    expect(read(camt([{ reference: 'A', amount: '1.00', ...booking }])).lines).toMatchObject([{ bankStatus, remark }]);
  });

  it('is a reversal by either word for yes', () => {
    const reversal = (word: string) =>
      camt([{ reference: 'A', amount: '1.00', credit: true }]).replace('<Sts>', `<RvslInd>${word}</RvslInd><Sts>`);
    expect(['true', '1', 'false', '0'].map((word) => read(reversal(word)).lines[0]!.bankStatus)).toEqual([
      'returned',
      'returned',
      null,
      null,
    ]);
  });

  it('that gives several reasons gives the code before the bank’s own word, and all that it explains', () => {
    const reasons = '<StsRsnInf><Rsn><Prtry>KO7</Prtry></Rsn><AddtlInf>Konto erloschen</AddtlInf></StsRsnInf>';
    const xml = pain002({ original: 'M', payments: [{ reference: 'A', status: 'RJCT', reason: 'AC04' }] });
    const several = xml.replace('<StsRsnInf>', `${reasons}<StsRsnInf>`);
    validateXml(several, 'pain.002.001.10.xsd');
    expect(read(several).lines).toMatchObject([{ reasonCode: 'AC04', reason: 'Konto erloschen as R&D said' }]);
  });

  it('reads characters by their number, also beyond the first plane, once', () => {
    const payments = [{ reference: 'A', status: 'RJCT', reason: 'AC04' }];
    const xml = pain002({ original: 'M', payments }).replace('as R&amp;D said', '&#20013;&#x56fd; &#x1F600; &amp;#65;');
    expect(read(xml).lines).toMatchObject([{ reason: '中国 😀 &#65;' }]);
  });

  it('knows a bank’s reference from a word for none', () => {
    const names = ['B1', 'NONREF', 'NOTPROVIDED', '000000', '--'].map((bankReference) => ({
      amount: '1.00',
      bankReference,
    }));
    expect(read(camt(names)).lines.map((line) => line.bankReference)).toEqual(['B1', null, null, null, null]);
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
