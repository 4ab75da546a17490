import { amountsOf, isOfCharges, restOf } from './booked-amounts.js';
import type { Node } from './report-xml.js';

const money = (amount: string, currency = 'CNY') => ({ '#text': amount, '@Ccy': currency });
const ordered = (amount: string, currency?: string): Node => ({ InstdAmt: { Amt: money(amount, currency) } });
const record = (amount: string, sign?: string, currency?: string): Node => ({
  Amt: money(amount, currency),
  ...(sign && { CdtDbtInd: sign }),
});
const records = (...of: Node[]): Node => ({ Chrgs: [{ Rcrd: of }] });
const paid = (amount: string | null, charge: string | null = null, currency: string | null = 'CNY') => ({
  amount,
  currency,
  charge,
});

describe('the amounts of a payment', () => {
  it.each<[title: string, tx: Node, entry: Node | null, expected: ReturnType<typeof paid>]>([
    ['alone in its entry: what was booked', { Amt: money('9.00') }, { Amt: money('10.00') }, paid('10.00')],
    ['one of several: its own', { Amt: money('9.00') }, null, paid('9.00')],
    ['one of several without its own: as ordered', { AmtDtls: ordered('8.00') }, null, paid('8.00')],
    ['as sent, when no order is named', { AmtDtls: { TxAmt: { Amt: money('7.00') } } }, null, paid('7.00')],
    [
      'as ordered before as sent',
      { AmtDtls: { ...ordered('8.00'), TxAmt: { Amt: money('7.00') } } },
      null,
      paid('8.00'),
    ],
    ['none at all', {}, null, paid(null, null, null)],
    ['none in the entry: as ordered', { AmtDtls: ordered('8.00') }, {}, paid('8.00')],
    [
      'booked in another currency: the payment’s own',
      { Amt: money('10.00', 'EUR') },
      { Amt: money('78.00') },
      paid('10.00', null, 'EUR'),
    ],
    ['named by the entry only', {}, { Amt: money('11.50'), AmtDtls: ordered('10.00') }, paid('11.50')],
  ])('are, %s', (_, tx, entry, expected) => {
    expect(amountsOf(tx, entry, true)).toEqual(expected);
    expect(amountsOf(tx, entry, false)).toEqual(expected);
  });

  const order: Node = { AmtDtls: ordered('10.00') };
  const split = (charges: Node, { total = '11.50', debit = true, tx = order } = {}) =>
    amountsOf({ ...tx, ...charges }, { Amt: money(total) }, debit);

  it('are a payment and its charges where both make up exactly what was booked', () => {
    expect(split(records(record('1.50', 'DBIT')))).toEqual(paid('10.00', '1.50'));
    expect(split(records(record('1.50')))).toEqual(paid('10.00', '1.50'));
    expect(split(records(record('1.00', 'DBIT'), record('0.50', 'DBIT')))).toEqual(paid('10.00', '1.50'));
    expect(split({ Chrgs: [record('1.50', 'DBIT')] })).toEqual(paid('10.00', '1.50'));
    expect(split({ Chrgs: [record('1.00'), record('0.50')] })).toEqual(paid('10.00', '1.50'));
    expect(split({ Chrgs: [{ TtlChrgsAndTaxAmt: money('1.50') }] })).toEqual(paid('10.00', '1.50'));
    expect(split({ Chrgs: [{ TtlChrgsAndTaxAmt: money('9.99'), Rcrd: [record('1.50')] }] })).toEqual(
      paid('10.00', '1.50'),
    );
    expect(split({}, { tx: { Amt: money('10.00'), ...records(record('1.50')) } })).toEqual(paid('10.00', '1.50'));
  });

  it('are a payment and its charges also for one of several in an entry', () => {
    expect(amountsOf({ Amt: money('11.50'), ...order, ...records(record('1.50')) }, null, true)).toEqual(
      paid('10.00', '1.50'),
    );
  });

  it('are found wherever the bank names the charges, with the payment or with the entry', () => {
    const entry = { Amt: money('11.50'), ...records(record('1.50')) };
    expect(amountsOf({ AmtDtls: ordered('10.00') }, entry, true)).toEqual(paid('10.00', '1.50'));
    expect(amountsOf({ AmtDtls: ordered('10.00'), ...records(record('1.50')) }, entry, true)).toEqual(
      paid('10.00', '1.50'),
    );
    expect(amountsOf({ AmtDtls: { ...ordered('9.00'), TxAmt: { Amt: money('10.00') } } }, entry, true)).toEqual(
      paid('10.00', '1.50'),
    );
  });

  it.each<[title: string, found: ReturnType<typeof paid>, amount: string]>([
    ['a minor unit is missing', split(records(record('1.49'))), '11.50'],
    ['a minor unit is too much', split(records(record('1.51'))), '11.50'],
    ['the charges were given back', split(records(record('1.50', 'CRDT'))), '11.50'],
    ['the charges are of another currency', split(records(record('1.50', 'DBIT', 'EUR'))), '11.50'],
    [
      'one of the charges is of another currency',
      split(records(record('1.50'), record('1.00', 'DBIT', 'EUR'))),
      '11.50',
    ],
    ['money came', split(records(record('1.50')), { debit: false }), '11.50'],
    ['there are no charges', split(records(), { total: '10.00' }), '10.00'],
    ['charges are nothing', split(records(record('0.00')), { total: '10.00' }), '10.00'],
    ['nothing was paid', split(records(record('1.50')), { total: '1.50', tx: { AmtDtls: ordered('0.00') } }), '1.50'],
    ['amounts are no decimal text', split(records(record('x')), { total: 'y' }), 'y'],
    [
      'the order is of another currency',
      split(records(record('1.50')), { tx: { Amt: money('11.50'), AmtDtls: ordered('10.00', 'EUR') } }),
      '11.50',
    ],
    ['the order is no decimal text', split(records(record('1.50')), { tx: { AmtDtls: ordered('x') } }), '11.50'],
  ])('are not split where %s', (_, found, amount) => {
    expect(found).toEqual(paid(amount));
  });
});

describe('what an entry leaves for its payments without an amount', () => {
  const entry = { Amt: money('10.00') };

  it('is its amount less the others and their charges', () => {
    expect(restOf(entry, [paid(null, null, null)])).toEqual({ amount: '10.00', currency: 'CNY' });
    expect(restOf(entry, [paid('3.00'), paid(null), paid('4.00', '0.50')])).toEqual({
      amount: '2.50',
      currency: 'CNY',
    });
    expect(restOf(entry, [paid('9.99')])).toEqual({ amount: '0.01', currency: 'CNY' });
  });

  it('is nothing when the others take it all, or it cannot be told', () => {
    expect(restOf(entry, [paid('10.00')])).toBeNull();
    expect(restOf(entry, [paid('10.01')])).toBeNull();
    expect(restOf(entry, [paid('3.00', null, 'EUR'), paid(null)])).toBeNull();
    expect(restOf(entry, [paid('x')])).toBeNull();
    expect(restOf({}, [paid('1.00')])).toBeNull();
    expect(restOf({ Amt: money('x') }, [])).toBeNull();
    expect(restOf({ Amt: money('x') }, [paid('1.00'), paid(null)])).toBeNull();
  });
});

describe('a booking of charges', () => {
  const iso = (family: Node): Node => ({ BkTxCd: { Domn: { Cd: 'PMNT', Fmly: family } } });
  const own = (code: string): Node => ({ BkTxCd: { Prtry: { Cd: code } } });

  it.each(['CHRG', 'FEES', 'COMM', 'COME', 'COMI', 'COMT'])('is known by the family or sub-family %s', (code) => {
    expect(isOfCharges(iso({ Cd: code, SubFmlyCd: 'OTHR' }))).toBe(true);
    expect(isOfCharges(iso({ Cd: 'ICDT', SubFmlyCd: code }))).toBe(true);
  });

  it.each([
    'CHG',
    'NCHG',
    'NCHG+808+BKI',
    'COM',
    'NCOM',
    'CHRG',
    'CHRGS',
    'CHARGE',
    'bank charges',
    'FEE',
    'FEES',
    '9-Fee.',
  ])('is known by the bank’s own code %s', (code) => {
    expect(isOfCharges(own(code))).toBe(true);
  });

  it('is not known by any other code', () => {
    expect(isOfCharges({})).toBe(false);
    expect(isOfCharges(iso({ Cd: 'ICDT', SubFmlyCd: 'ESCT' }))).toBe(false);
    for (const code of ['NTRF+116', 'COFFEE', 'FEEDER', 'XCHG', 'COMPANY', 'INCOME', 'DISCHARGE', 'CHRGX', 'CHARGED'])
      expect([code, isOfCharges(own(code))]).toEqual([code, false]);
  });
});
