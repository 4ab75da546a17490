import type { Node } from './report-xml.js';
import { statusLines } from './status-lines.js';

const FILE = '01KAQ00000000000000000MSG1';
const reason = (code: string, more: string[] = []): Node => ({ StsRsnInf: [{ Rsn: { Cd: code }, AddtlInf: more }] });
const payment = (id: string, status: string, more: Node = {}): Node => ({
  OrgnlEndToEndId: id,
  TxSts: status,
  ...more,
});
const said = (report: Node) =>
  statusLines(report).map((line) => [line.reference, line.batch, line.status, line.bankStatus, line.reasonCode]);

describe('the status of a payment', () => {
  it('is all that the bank says of it, and no booking', () => {
    const tx = payment('R1', 'RJCT', {
      ...reason('AC04', ['account', 'closed']),
      OrgnlTxRef: { Amt: { InstdAmt: { '#text': '10.00', '@Ccy': 'CNY' } } },
    });
    expect(statusLines({ TxInfAndSts: [tx] })).toEqual([
      {
        reference: 'R1',
        mentioned: [],
        batch: null,
        bankStatus: 'failed',
        status: 'RJCT',
        reasonCode: 'AC04',
        reason: 'account closed',
        amount: '10.00',
        currency: 'CNY',
        charge: null,
        shares: null,
        remark: null,
        booked: false,
        bookedOn: null,
        bankReference: null,
        entryReference: null,
        bookedAccount: null,
        otherAccounts: [],
      },
    ]);
  });

  it.each(['RJCT', 'CANC'])('%s is a failure', (status) => {
    expect(statusLines({ TxInfAndSts: [payment('R1', status)] })).toMatchObject([{ bankStatus: 'failed', status }]);
  });

  it.each(['ACTC', 'ACCP', 'ACFC', 'ACSP', 'ACWC', 'ACWP', 'ACSC', 'ACCC', 'ACPT'])(
    '%s is no more than accepted: what is paid is proven by a booking',
    (status) => {
      expect(statusLines({ TxInfAndSts: [payment('R1', status)] })).toMatchObject([{ bankStatus: 'accepted', status }]);
    },
  );

  it.each(['PDNG', 'RCVD', 'PART', 'acsc', ''])('%j changes nothing', (status) => {
    expect(statusLines({ TxInfAndSts: [payment('R1', status)] })).toMatchObject([{ bankStatus: null, status }]);
  });

  it('names the payment by its end-to-end id, else by its instruction id', () => {
    const named = (tx: Node) => statusLines({ TxInfAndSts: [{ TxSts: 'ACSP', ...tx }] })[0]?.reference;
    expect(named({ OrgnlEndToEndId: 'A', OrgnlInstrId: 'B' })).toBe('A');
    expect(named({ OrgnlEndToEndId: 'NOTPROVIDED', OrgnlInstrId: 'B' })).toBe('B');
    expect(named({ OrgnlInstrId: 'B' })).toBe('B');
    expect(named({})).toBeNull();
    expect(statusLines({ TxInfAndSts: [{}] })).toMatchObject([
      { status: '', bankStatus: null, amount: null, currency: null },
    ]);
  });
});

describe('the status of a file', () => {
  const group = (more: Node): Node => ({ OrgnlGrpInfAndSts: { OrgnlMsgId: FILE, ...more } });

  it('is said of the payments that are not named, after those that are', () => {
    expect(
      said({
        ...group({ GrpSts: 'RJCT', ...reason('AM05') }),
        TxInfAndSts: [payment('A', 'ACSP')],
        OrgnlPmtInfAndSts: [{ TxInfAndSts: [payment('B', 'RJCT', reason('AC01'))] }],
      }),
    ).toEqual([
      ['A', null, 'ACSP', 'accepted', null],
      ['B', null, 'RJCT', 'failed', 'AC01'],
      [null, FILE, 'RJCT', 'failed', 'AM05'],
    ]);
  });

  it('is that of its blocks where they have one', () => {
    expect(
      said({
        ...group({ GrpSts: 'ACTC' }),
        OrgnlPmtInfAndSts: [
          { OrgnlPmtInfId: `${FILE}-1`, PmtInfSts: 'RJCT', ...reason('DT01') },
          { OrgnlPmtInfId: 'THEIRS', TxInfAndSts: [payment('B', 'ACSP')] },
        ],
      }),
    ).toEqual([
      ['B', null, 'ACSP', 'accepted', null],
      [null, FILE, 'RJCT', 'failed', 'DT01'],
    ]);
  });

  it('names the file by its message where the block is not one of ours', () => {
    expect(said({ ...group({}), OrgnlPmtInfAndSts: [{ OrgnlPmtInfId: 'THEIRS', PmtInfSts: 'ACTC' }] })).toEqual([
      [null, FILE, 'ACTC', 'accepted', null],
    ]);
    expect(said({ OrgnlPmtInfAndSts: [{ OrgnlPmtInfId: 'THEIRS', PmtInfSts: 'ACTC' }] })).toEqual([
      [null, 'THEIRS', 'ACTC', 'accepted', null],
    ]);
  });

  it('is nothing when nothing is said', () => {
    expect(said(group({}))).toEqual([]);
    expect(said({})).toEqual([]);
  });
});
