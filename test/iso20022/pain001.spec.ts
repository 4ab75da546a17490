import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { validateXml } from '../support/bank-reports.js';
import { BANK_TEXT, bankText } from '../../src/finance/payouts/bank-text.js';
import { Iso20022FileRail } from '../../src/finance/payouts/rails/iso20022-file.rail.js';
import { writePain001, type Pain001Version } from '../../src/finance/payouts/rails/pain001.js';
import type { PaymentFile, PaymentOrder } from '../../src/finance/payouts/rails/payout-rail.js';

const rail = new Iso20022FileRail();
const debtor = {
  holder: '引客科技 GmbH',
  number: 'DE89370400440532013000',
  bic: 'DEUTDEFF',
  country: 'DE',
  town: 'Köln',
};

function order(n: number, overrides: Partial<PaymentOrder> = {}): PaymentOrder {
  const creditor = { holder: '王小明', number: 'DE02120300000000202051', bankName: null, bic: null, country: 'DE' };
  return {
    ...creditor,
    reference: `01KAQ0000000000000000${String(n).padStart(5, '0')}`,
    amount: 100n,
    currency: 'EUR',
    holderSent: bankText(creditor.holder),
    ...overrides,
  };
}

function file(orders: PaymentOrder[], overrides: Partial<PaymentFile> = {}): PaymentFile {
  return {
    messageId: '01KAQ00000000000000000MSG1',
    createdAt: new Date('2025-11-22T10:00:00.123Z'),
    executionDate: '2025-11-24',
    currency: orders[0]?.currency ?? 'EUR',
    controlSum: orders.reduce((sum, one) => sum + one.amount, 0n),
    debtor,
    orders,
    ...overrides,
  };
}

function pain001(given: PaymentFile, version: Pain001Version = 'pain.001.001.09'): Buffer {
  return Buffer.concat([...writePain001(given, version)]);
}

function read(bytes: Buffer): any {
  const text = bytes.toString('utf8');
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    isArray: (name) => name === 'CdtTrfTxInf',
  });
  return parser.parse(text).Document.CstmrCdtTrfInitn;
}

function validate(bytes: Buffer, version: Pain001Version = 'pain.001.001.09'): void {
  validateXml(bytes, `${version}.xsd`);
}

describe('a payment file', () => {
  it('says in euros what SEPA wants to hear, and is valid', () => {
    const bytes = pain001(file([order(1, { amount: 123_456n }), order(2, { bic: 'BYLADEM1001' })]));
    validate(bytes);
    const { GrpHdr, PmtInf } = read(bytes);
    expect(GrpHdr).toMatchObject({ MsgId: '01KAQ00000000000000000MSG1', NbOfTxs: '2', CtrlSum: '1235.56' });
    expect(PmtInf).toMatchObject({
      NbOfTxs: '2',
      CtrlSum: '1235.56',
      PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
      ReqdExctnDt: { Dt: '2025-11-24' },
      Dbtr: { Nm: 'Yin Ke Ke Ji GmbH', PstlAdr: { TwnNm: 'Koln', Ctry: 'DE' } },
      ChrgBr: 'SLEV',
    });
    expect(PmtInf.CdtTrfTxInf[0]).toMatchObject({
      PmtId: { EndToEndId: order(1).reference },
      Amt: { InstdAmt: { '#text': '1234.56', '@_Ccy': 'EUR' } },
      Cdtr: { Nm: 'Wang Xiao Ming' },
      CdtrAcct: { Id: { IBAN: 'DE02120300000000202051' } },
    });
    expect(PmtInf.CdtTrfTxInf[1].CdtrAgt).toEqual({ FinInstnId: { BICFI: 'BYLADEM1001' } });
  });

  it.each([
    ['CNY', 5n, '0.05'],
    ['JPY', 500n, '500'],
    ['KWD', 1_234n, '1.234'],
  ])('writes %s with that currency’s decimals, to a domestic account number', (currency, amount, text) => {
    const cn = { number: '6222021234567890123', country: 'CN', bankName: '中国工商银行', currency, amount };
    const bytes = pain001(
      file([order(1, cn)], { debtor: { ...debtor, number: '31001', country: 'CN', bic: 'ICBKCNBJ' } }),
    );
    validate(bytes);
    const { PmtInf } = read(bytes);
    expect(PmtInf.CtrlSum).toBe(text);
    expect(PmtInf.PmtTpInf).toBeUndefined();
    expect(PmtInf.CdtTrfTxInf[0]).toMatchObject({
      Amt: { InstdAmt: { '#text': text } },
      CdtrAgt: { FinInstnId: { Nm: 'Zhong Guo Gong Shang Yin Xing' } },
      CdtrAcct: { Id: { Othr: { Id: '6222021234567890123' } } },
    });
  });

  it('can be of the version before, for banks that know nothing newer', () => {
    const bytes = pain001(file([order(1), order(2, { bic: 'BYLADEM1001' })]), 'pain.001.001.03');
    validate(bytes, 'pain.001.001.03');
    const { PmtInf } = read(bytes);
    expect(PmtInf.ReqdExctnDt).toBe('2025-11-24');
    expect(PmtInf.DbtrAgt).toEqual({ FinInstnId: { BIC: 'DEUTDEFF' } });
    expect(PmtInf.CdtTrfTxInf[1].CdtrAgt).toEqual({ FinInstnId: { BIC: 'BYLADEM1001' } });
    expect(bytes.toString('utf8')).toContain('urn:iso:std:iso:20022:tech:xsd:pain.001.001.03');
  });

  it('adds up exactly and has only characters that banks take, whatever the names and amounts', () => {
    const holder = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.constantFrom('张三', '欧阳娜娜', 'Müller & Söhne //', "O'Brien <b>", '😀'),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ holder, amount: fc.bigInt(1n, 10n ** 11n) }), { minLength: 1 }), (given) => {
        const orders = given.flatMap(({ holder: name, amount }, n) => {
          const creditor = order(n, { holder: name, amount });
          const said = rail.express(creditor, 'EUR');
          return 'holderSent' in said ? [{ ...creditor, ...said }] : [];
        });
        if (orders.length === 0) return;
        const bytes = pain001(file(orders));
        const { GrpHdr, PmtInf } = read(bytes);
        const cents = PmtInf.CdtTrfTxInf.map((t: any) => BigInt(t.Amt.InstdAmt['#text'].replace('.', '')));
        const sum = cents.reduce((a: bigint, b: bigint) => a + b, 0n);
        expect([GrpHdr.CtrlSum, PmtInf.CtrlSum].map((s: string) => BigInt(s.replace('.', '')))).toEqual([sum, sum]);
        expect(Number(GrpHdr.NbOfTxs)).toBe(orders.length);
        for (const { holderSent } of orders) expect(holderSent).toMatch(BANK_TEXT);
        expect(bytes.equals(pain001(file(orders)))).toBe(true);
      }),
    );
  });

  it('is not written with what the schema would let pass', () => {
    expect(() => pain001(file([order(1)], { controlSum: 99n }))).toThrow('control sum');
    expect(() => pain001(file([order(1, { amount: 0n })]))).toThrow('not positive');
    expect(() => pain001(file([order(1), order(2, { currency: 'CNY' })]))).toThrow('currency');
    expect(() => pain001(file([order(1), order(1)]))).toThrow('used twice');
    expect(() => pain001(file([order(1, { holderSent: '王小明' })]))).toThrow('character set');
    expect(() => pain001(file([]))).toThrow();
  });

  it('refuses beforehand what it could not say', () => {
    const problem = (overrides: Partial<PaymentOrder>, currency = 'EUR') => rail.express(order(1, overrides), currency);
    expect(problem({ number: 'DE02120300000000202052' })).toHaveProperty('problem');
    expect(problem({ number: '6222021234567890123', country: 'CN' })).toHaveProperty('problem');
    expect(problem({ number: '6222021234567890123', country: 'CN' }, 'CNY')).toEqual({ holderSent: 'Wang Xiao Ming' });
    expect(problem({ holder: '😀' })).toHaveProperty('problem');
    expect(problem({ holder: '很'.repeat(30) })).toHaveProperty('problem');
  });
});
