import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { validateXml } from '../support/bank-reports.js';
import { BANK_TEXT, bankText } from '../../src/finance/payouts/rails/bank-text.js';
import { Iso20022FileRail } from '../../src/finance/payouts/rails/iso20022-file.rail.js';
import { PaymentFileError } from '../../src/finance/payouts/rails/payment-file.js';
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
    payments: orders.length,
    orders,
    ...overrides,
  };
}

function pain001(given: PaymentFile, version: Pain001Version = 'pain.001.001.09'): Promise<Buffer> {
  return buffer(writePain001(given, version));
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
  it('says in euros what SEPA wants to hear, and is valid', async () => {
    const bytes = await pain001(file([order(1, { amount: 123_456n }), order(2, { bic: 'BYLADEM1001' })]));
    validate(bytes);
    const { GrpHdr, PmtInf } = read(bytes);
    expect(GrpHdr).toMatchObject({ MsgId: '01KAQ00000000000000000MSG1', NbOfTxs: '2', CtrlSum: '1235.56' });
    expect(PmtInf).toMatchObject({
      NbOfTxs: '2',
      CtrlSum: '1235.56',
      PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
      ReqdExctnDt: { Dt: '2025-11-24' },
      Dbtr: { Nm: 'Yin Ke Ke Ji GmbH', PstlAdr: { TwnNm: 'Koeln', Ctry: 'DE' } },
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
  ])('writes %s with that currency’s decimals, to a domestic account number', async (currency, amount, text) => {
    const cn = { number: '6222021234567890123', country: 'CN', bankName: '中国工商银行', currency, amount };
    const bytes = await pain001(
      file([order(1, cn)], { debtor: { ...debtor, number: '31001', country: 'CN', bic: 'ICBKCNBJ' } }),
    );
    validate(bytes);
    const { PmtInf } = read(bytes);
    expect(PmtInf.CtrlSum).toBe(text);
    expect(PmtInf.PmtTpInf).toBeUndefined();
    expect(PmtInf.CdtTrfTxInf[0]).toMatchObject({
      Amt: { InstdAmt: { '#text': text } },
      CdtrAcct: { Id: { Othr: { Id: '6222021234567890123' } } },
    });
  });

  it.each(['pain.001.001.09', 'pain.001.001.03'] as const)('says no bank by its name alone, in %s', async (version) => {
    const named = [order(1, { bankName: '中国工商银行' }), order(2, { bic: 'BYLADEM1001', bankName: 'BayernLB' })];
    const plain = await pain001(file(named), version);
    validate(plain, version);
    expect(read(plain).PmtInf.CdtTrfTxInf[0]).not.toHaveProperty('CdtrAgt');
    const bankFile = { agentWithoutBic: 'NOTPROVIDED' } as const;
    const said = await pain001(file(named, { debtor: { ...debtor, bankFile } }), version);
    validate(said, version);
    const bic = version === 'pain.001.001.09' ? 'BICFI' : 'BIC';
    expect(read(said).PmtInf.CdtTrfTxInf.map((one: any) => one.CdtrAgt.FinInstnId)).toEqual([
      { Othr: { Id: 'NOTPROVIDED' } },
      { [bic]: 'BYLADEM1001' },
    ]);
    expect(plain.toString('utf8') + said.toString('utf8')).not.toMatch(/Gong Shang|BayernLB/);
  });

  it.each(['pain.001.001.09', 'pain.001.001.03'] as const)(
    'says in %s where a payee across a border lives, when both town and country are known',
    async (version) => {
      const abroad = { number: '6222021234567890123', country: 'CN', currency: 'CNY' };
      const orders = [
        order(1, { ...abroad, townSent: 'Shanghai' }),
        order(2, { ...abroad, townSent: null }),
        order(3, { currency: 'CNY', townSent: 'Koeln' }),
      ];
      const bytes = await pain001(file(orders), version);
      validate(bytes, version);
      expect(read(bytes).PmtInf.CdtTrfTxInf.map((one: any) => one.Cdtr.PstlAdr)).toEqual([
        { TwnNm: 'Shanghai', Ctry: 'CN' },
        undefined,
        undefined,
      ]);
      const sepa = await pain001(
        file([order(1, { number: 'FR1420041010050500013M02606', country: 'FR', townSent: 'Paris' })]),
        version,
      );
      validate(sepa, version);
      expect(read(sepa).PmtInf.CdtTrfTxInf[0].Cdtr.PstlAdr).toEqual({ TwnNm: 'Paris', Ctry: 'FR' });
    },
  );

  it('has no town outside the banks’ characters', async () => {
    await expect(pain001(file([order(1, { townSent: '上海' })]))).rejects.toThrow('character set');
  });

  it('says a town in the characters of banks, or says that it cannot', () => {
    const creditor = { ...order(1), holder: 'Li Hua' };
    expect(rail.express({ ...creditor, town: 'Zürich' }, 'EUR')).toEqual({ holderSent: 'Li Hua', townSent: 'Zuerich' });
    expect(rail.express({ ...creditor, town: null }, 'EUR')).toEqual({ holderSent: 'Li Hua' });
    const long = { problem: 'the town has more than 35 characters for a bank' };
    expect(rail.express({ ...creditor, town: 'ß'.repeat(18) }, 'EUR')).toEqual(long);
  });

  const contact = { name: '王小明', phone: '+49-69123456', email: 'pay@example.com' };
  const settings = {
    organisationId: 'DE-123.4',
    organisationIdScheme: 'CUST',
    contact,
    categoryPurpose: 'SUPP',
    batchBooking: true,
  };

  it.each(
    (['pain.001.001.09', 'pain.001.001.03'] as const).flatMap((version) => [
      [version, 'EUR', settings] as const,
      [version, 'CNY', settings] as const,
      ...Object.entries(settings).flatMap(([name, value]) =>
        name === 'organisationIdScheme' ? [] : [[version, 'EUR', { [name]: value }] as const],
      ),
    ]),
  )('says in %s (%s) what the operator’s bank wants: %j', async (version, currency, bankFile: any) => {
    const account = currency === 'CNY' ? { number: '6222021234567890123', country: 'CN', currency } : {};
    const bytes = await pain001(file([order(1, account)], { debtor: { ...debtor, bankFile } }), version);
    validate(bytes, version);
    const { GrpHdr, PmtInf } = read(bytes);
    const { organisationId, organisationIdScheme: Cd, categoryPurpose } = bankFile;
    const othr = organisationId && { Id: organisationId, ...(Cd && { SchmeNm: { Cd } }) };
    const said = { Nm: 'Wang Xiao Ming', PhneNb: '+49-69123456', EmailAdr: 'pay@example.com' };
    expect(GrpHdr.InitgPty.Id).toEqual(othr && { OrgId: { Othr: othr } });
    expect(GrpHdr.InitgPty.CtctDtls).toEqual(bankFile.contact && said);
    expect(PmtInf.BtchBookg).toBe(String(bankFile.batchBooking ?? false));
    expect(PmtInf.PmtTpInf?.CtgyPurp).toEqual(categoryPurpose && { Cd: categoryPurpose });
    expect(PmtInf.PmtTpInf?.SvcLvl).toEqual(currency === 'EUR' ? { Cd: 'SEPA' } : undefined);
  });

  it('can be of the version before, for banks that know nothing newer', async () => {
    const bytes = await pain001(file([order(1), order(2, { bic: 'BYLADEM1001' })]), 'pain.001.001.03');
    validate(bytes, 'pain.001.001.03');
    const { PmtInf } = read(bytes);
    expect(PmtInf.ReqdExctnDt).toBe('2025-11-24');
    expect(PmtInf.DbtrAgt).toEqual({ FinInstnId: { BIC: 'DEUTDEFF' } });
    expect(PmtInf.CdtTrfTxInf[1].CdtrAgt).toEqual({ FinInstnId: { BIC: 'BYLADEM1001' } });
    expect(bytes.toString('utf8')).toContain('urn:iso:std:iso:20022:tech:xsd:pain.001.001.03');
  });

  it('adds up exactly and has only characters that banks take, whatever the names and amounts', async () => {
    const holder = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.constantFrom('张三', '欧阳娜娜', 'Müller & Söhne //', "O'Brien <b>", '😀'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ holder, amount: fc.bigInt(1n, 10n ** 11n) }), { minLength: 1 }),
        async (given) => {
          const orders = given.flatMap(({ holder: name, amount }, n) => {
            const creditor = order(n, { holder: name, amount });
            const said = rail.express(creditor, 'EUR');
            return 'holderSent' in said ? [{ ...creditor, ...said }] : [];
          });
          if (orders.length === 0) return;
          const bytes = await pain001(file(orders));
          const { GrpHdr, PmtInf } = read(bytes);
          const cents = PmtInf.CdtTrfTxInf.map((t: any) => BigInt(t.Amt.InstdAmt['#text'].replace('.', '')));
          const sum = cents.reduce((a: bigint, b: bigint) => a + b, 0n);
          expect([GrpHdr.CtrlSum, PmtInf.CtrlSum].map((s: string) => BigInt(s.replace('.', '')))).toEqual([sum, sum]);
          expect(Number(GrpHdr.NbOfTxs)).toBe(orders.length);
          for (const { holderSent } of orders) expect(holderSent).toMatch(BANK_TEXT);
          expect(bytes.equals(await pain001(file(orders)))).toBe(true);
        },
      ),
    );
  });

  it('is not written with what the schema would let pass', async () => {
    const written = (...given: Parameters<typeof file>) => expect(pain001(file(...given)));
    await written([order(1)], { controlSum: 99n }).rejects.toThrow('control sum');
    await written([order(1)], { payments: 2 }).rejects.toThrow('count');
    await written([order(1, { amount: 0n })]).rejects.toThrow('not positive');
    await written([order(1), order(2, { currency: 'CNY' })]).rejects.toThrow('currency');
    await written([order(1), order(1)]).rejects.toThrow('used twice');
    await written([order(1, { holderSent: '王小明' })]).rejects.toThrow('character set');
    await written([order(1, { number: '31001' })]).rejects.toThrow('IBAN');
    await written([]).rejects.toThrow(PaymentFileError);
  });

  it('of 10,000 payments and more is written with one of them in memory', async () => {
    const count = 12_000;
    let taken = 0;
    let written = 0;
    let ahead = 0;
    function* orders() {
      for (; taken < count; taken += 1) yield order(taken);
    }
    const many = file([], { currency: 'EUR', orders: orders(), payments: count, controlSum: 100n * BigInt(count) });
    for await (const piece of writePain001(many, 'pain.001.001.09')) {
      if (!piece.includes('<CdtTrfTxInf>')) continue;
      written += 1;
      ahead = Math.max(ahead, taken - written);
    }
    expect([written, ahead]).toEqual([count, 0]);
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
