import { bookedLines } from './booked-lines.js';
import type { ReportLine } from './report-line.js';
import type { Node } from './report-xml.js';

const OURS = '01KAQ00000000000000000PAY1';
const OTHER = OURS.replace('PAY1', 'PAY2');
const money = (amount: string, currency = 'CNY') => ({ '#text': amount, '@Ccy': currency });
const account = (number: string): Node => ({ Id: { Othr: { Id: number } } });
const details = (...tx: Node[]): Node => ({ NtryDtls: [{ TxDtls: tx }] });
/** A booked debit of 10.00 on the day before, unless told otherwise. */
const entry = (more: Node = {}): Node => ({
  Amt: money('10.00'),
  CdtDbtInd: 'DBIT',
  Sts: { Cd: 'BOOK' },
  BookgDt: { Dt: '2026-11-26' },
  ...more,
});
const lines = (...entries: Node[]) => bookedLines({ Stmt: [{ Acct: account('OWN'), Ntry: entries }] }, 'Stmt');
function only(more: Node = {}): ReportLine {
  const found = lines(entry(more));
  expect(found).toHaveLength(1);
  return found[0]!;
}
const credit = { CdtDbtInd: 'CRDT' };
const code = (sub: string): Node => ({ BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: 'ICDT', SubFmlyCd: sub } } } });

describe('a booked line', () => {
  it('says all that the bank says of a payment', () => {
    const tx = {
      Refs: { EndToEndId: OURS, AcctSvcrRef: 'B1', PmtInfId: 'FILE-1' },
      RltdPties: { CdtrAcct: account('THEIRS'), DbtrAcct: account('OURS') },
    };
    expect(only({ ...details(tx), AcctSvcrRef: 'E1' })).toEqual({
      reference: OURS,
      mentioned: [],
      batch: 'FILE-1',
      bankStatus: 'paid',
      status: 'BOOK DBIT',
      reasonCode: null,
      reason: null,
      amount: '10.00',
      currency: 'CNY',
      charge: null,
      shares: null,
      remark: null,
      booked: true,
      bookedOn: '2026-11-26',
      bankReference: 'B1',
      entryReference: 'E1',
      bookedAccount: 'OWN',
      otherAccounts: ['THEIRS'],
    });
  });

  it('says little of an entry that says nothing', () => {
    expect(bookedLines({ Ntfctn: [{ Ntry: [{}] }] }, 'Ntfctn')).toMatchObject([
      {
        status: '',
        bankStatus: null,
        booked: false,
        bookedOn: null,
        bookedAccount: null,
        otherAccounts: [],
        batch: null,
      },
    ]);
    expect(bookedLines({ Stmt: [{ Ntry: [entry()] }] }, 'Ntfctn')).toEqual([]);
    expect(only()).toMatchObject({ bankStatus: 'paid', reference: null, bankReference: null, shares: null });
  });

  it('is on the account of its own statement', () => {
    const two = ['A', 'B'].map((number) => ({ Acct: account(number), Ntry: [entry()] }));
    expect(bookedLines({ Stmt: two }, 'Stmt').map((line) => line.bookedAccount)).toEqual(['A', 'B']);
  });

  it.each<[title: string, more: Node, bankStatus: ReportLine['bankStatus']]>([
    ['a debit is paid', {}, 'paid'],
    ['a debit that a reversal brings is not', { RvslInd: 'true' }, null],
    ['a credit is nothing of ours', credit, null],
    ['a credit that is a reversal is returned', { ...credit, RvslInd: 'true' }, 'returned'],
    ['a credit that is a reversal, in the other word for yes, is returned', { ...credit, RvslInd: '1' }, 'returned'],
    ['a credit that is no reversal is not', { ...credit, RvslInd: 'false' }, null],
    ['a credit with a reason for the return is returned', { ...credit, ...details({ RtrInf: {} }) }, 'returned'],
    ['a credit with the code of returns is returned', { ...credit, ...code('RRTN') }, 'returned'],
    ['a credit with the code of rejections is returned', { ...credit, ...code('RPCR') }, 'returned'],
    ['a credit with the code of cancellations is returned', { ...credit, ...code('RRCT') }, 'returned'],
    ['a credit whose transaction has the code is returned', { ...credit, ...details(code('RRTN')) }, 'returned'],
    ['a credit with another code is not', { ...credit, ...code('ESCT') }, null],
    ['what is pending is not booked', { Sts: { Cd: 'PDNG' } }, null],
    ['what is booked, as the first versions say it', { Sts: 'BOOK' }, 'paid'],
    ['without a sign it is neither', { CdtDbtInd: '' }, null],
    ['with the sign of the transaction alone', { CdtDbtInd: '', ...details({ CdtDbtInd: 'DBIT' }) }, 'paid'],
    ['charges are no payment', details(code('FEES')), null],
    ['charges by the code of the entry are no payment', code('CHRG'), null],
  ])('means what its sign and code say: %s', (_, more, says) => {
    expect(only(more).bankStatus).toBe(says);
  });

  it('that contradicts itself, or is of charges, says so', () => {
    const differs = details({ CdtDbtInd: 'CRDT' });
    expect(only(differs)).toMatchObject({ bankStatus: null, remark: 'signs-differ' });
    expect(only(details({ CdtDbtInd: 'DBIT' }))).toMatchObject({ bankStatus: 'paid', remark: null });
    expect(only({ ...differs, ...code('FEES') })).toMatchObject({ bankStatus: null, remark: 'charges' });
  });

  it('that is pending has no day, and a status with its sign', () => {
    expect(only({ Sts: { Cd: 'PDNG' } })).toMatchObject({ status: 'PDNG DBIT', booked: false, bookedOn: null });
    expect(only({ CdtDbtInd: '' }).status).toBe('BOOK');
  });

  it.each<[title: string, more: Node, day: string | null]>([
    ['its day', { BookgDt: { Dt: '2026-11-26' } }, '2026-11-26'],
    ['the day of its moment', { BookgDt: { DtTm: '2026-11-26T23:59:59+08:00' } }, '2026-11-26'],
    ['its day with a zone', { BookgDt: { Dt: '2026-11-26+08:00' } }, '2026-11-26'],
    ['the day of its value, without another', { BookgDt: undefined, ValDt: { Dt: '2026-11-27' } }, '2026-11-27'],
    ['its own day before that of its value', { ValDt: { Dt: '2026-11-27' } }, '2026-11-26'],
    ['none, without any', { BookgDt: undefined }, null],
    ['none of a day that is not in the calendar', { BookgDt: { Dt: '2026-13-01' } }, null],
    ['none of another form', { BookgDt: { Dt: '26.11.2026' } }, null],
    ['none of a year of another age', { BookgDt: { Dt: '3026-11-26' } }, null],
    ['none of a text before it', { BookgDt: { Dt: 'x2026-11-26' } }, null],
    ['none of a short year', { BookgDt: { Dt: '202-11-26' } }, null],
    ['none of a short month', { BookgDt: { Dt: '2026-1-26' } }, null],
    ['none of a short day', { BookgDt: { Dt: '2026-11-2' } }, null],
  ])('has %s', (_, more, day) => {
    expect(only(more).bookedOn).toBe(day);
  });

  it('has the bank’s own name of the payment, or of the entry where it is alone in it', () => {
    const named = { Refs: { AcctSvcrRef: 'B1' } };
    const names = (more: Node) =>
      lines(entry({ AcctSvcrRef: 'E1', ...more })).map((line) => [line.bankReference, line.entryReference]);
    expect(names(details(named))).toEqual([['B1', 'E1']]);
    expect(names(details({}))).toEqual([['E1', 'E1']]);
    expect(names(details(named, {}))).toEqual([
      ['B1', 'E1'],
      [null, 'E1'],
    ]);
    expect(names({ AcctSvcrRef: 'NONREF' })).toEqual([[null, null]]);
  });

  it('names a file by the transaction, else by the sum that it is part of', () => {
    const file = '01KAQ00000000000000000MSG1';
    const batch = (tx: Node, sum?: Node) => only({ NtryDtls: [{ Btch: sum, TxDtls: [tx] }] }).batch;
    expect(batch({ Refs: { PmtInfId: `${file}-1`, MsgId: 'THEIRS' } }, { MsgId: 'SUM' })).toBe(file);
    expect(batch({ Refs: { MsgId: 'M' } }, { MsgId: 'SUM' })).toBe('M');
    expect(batch({}, { PmtInfId: `${file}-2`, MsgId: 'SUM' })).toBe(file);
    expect(batch({}, { MsgId: 'SUM' })).toBe('SUM');
    expect(batch({})).toBeNull();
    expect(only({ NtryDtls: [{ Btch: { MsgId: 'SUM' } }] }).batch).toBe('SUM');
  });

  it('of a return may have gone to either account that it names', () => {
    const tx = { RltdPties: { CdtrAcct: account('A'), DbtrAcct: account('B') } };
    expect(only(details(tx)).otherAccounts).toStrictEqual(['A']);
    expect(only({ ...credit, ...details({ ...tx, RtrInf: {} }) }).otherAccounts).toEqual(['A', 'B']);
    expect(only({ ...credit, ...details(tx) }).otherAccounts).toEqual(['A']);
    expect(only(details({})).otherAccounts).toStrictEqual([]);
    expect(only(details({ RltdPties: { CdtrAcct: { Id: { IBAN: 'DE89' } } } })).otherAccounts).toEqual(['DE89']);
  });

  it('of a return says why', () => {
    const tx = { RtrInf: { Rsn: { Cd: 'AC04' }, AddtlInf: ['closed', 'account'] } };
    expect(only({ ...credit, ...details(tx) })).toMatchObject({ reasonCode: 'AC04', reason: 'closed account' });
  });
});

describe('the reference of a booked line', () => {
  it.each<[title: string, tx: Node, reference: string | null, mentioned: string[]]>([
    ['the end-to-end id before all others', { Refs: { EndToEndId: 'A', InstrId: 'B' } }, 'A', []],
    ['the instruction id where the other is missing', { Refs: { InstrId: 'B' } }, 'B', []],
    [
      'the instruction id where the other is a placeholder',
      { Refs: { EndToEndId: 'NOTPROVIDED', InstrId: 'B' } },
      'B',
      [],
    ],
    ['the remittance text', { RmtInf: { Ustrd: [`for ${OURS}`] } }, OURS, []],
    ['the note', { AddtlTxInf: `for ${OURS}` }, OURS, []],
    ['either of two texts that mention the same', { AddtlTxInf: OURS, RmtInf: { Ustrd: [OURS] } }, OURS, []],
    ['none where texts mention two', { AddtlTxInf: OTHER, RmtInf: { Ustrd: [OURS] } }, null, [OURS, OTHER]],
    ['none where texts mention none', { RmtInf: { Ustrd: ['rent'] } }, null, []],
    ['the bank’s own before what a text mentions', { Refs: { EndToEndId: 'A' }, AddtlTxInf: OURS }, 'A', []],
  ])('is %s', (_, tx, reference, mentioned) => {
    expect(only(details(tx))).toMatchObject({ reference, mentioned });
  });

  it('is also what the text of an entry mentions, when the payment is alone in it', () => {
    expect(only({ AddtlNtryInf: `for ${OURS}` }).reference).toBe(OURS);
    expect(lines(entry({ AddtlNtryInf: `for ${OURS}`, ...details({}, {}) })).map((line) => line.reference)).toEqual([
      null,
      null,
    ]);
  });
});

describe('an entry of several payments', () => {
  it('is as many lines, from all its parts, and the first one without an amount begins what they share', () => {
    const found = lines(
      entry({
        NtryDtls: [
          { Btch: { MsgId: 'M1' }, TxDtls: [{ Amt: money('3.00') }, {}] },
          { Btch: { MsgId: 'M2' }, TxDtls: [{ Amt: money('4.00') }, {}] },
        ],
      }),
    );
    const shares = { amount: '3.00', currency: 'CNY' };
    expect(found).toMatchObject([
      { batch: 'M1', amount: '3.00', shares: null },
      { batch: 'M1', amount: null, shares: { ...shares, begins: true } },
      { batch: 'M2', amount: '4.00', shares: null },
      { batch: 'M2', amount: null, shares: { ...shares, begins: false } },
    ]);
  });

  it('leaves nothing to share when its payments make it up', () => {
    const found = lines(entry(details({ Amt: money('10.00') }, {})));
    expect(found.map(({ amount, shares }) => [amount, shares])).toEqual([
      ['10.00', null],
      [null, null],
    ]);
  });

  it('has the amount of the entry only where one payment is alone in it', () => {
    expect(only(details({ Amt: money('9.00') })).amount).toBe('10.00');
    expect(lines(entry(details({ Amt: money('9.00') }, { Amt: money('1.00') }))).map(({ amount }) => amount)).toEqual([
      '9.00',
      '1.00',
    ]);
  });
});

it('charges are taken from a debit, and from nothing that came', () => {
  const tx = { AmtDtls: { InstdAmt: { Amt: money('8.00') } }, Chrgs: [{ Rcrd: [{ Amt: money('2.00') }] }] };
  expect(only(details(tx))).toMatchObject({ amount: '8.00', charge: '2.00' });
  expect(only({ ...credit, ...details({ ...tx, RtrInf: {} }) })).toMatchObject({ amount: '10.00', charge: null });
});
