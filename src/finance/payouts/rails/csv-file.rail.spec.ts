import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvFileRail } from './csv-file.rail.js';
import type { FileFormat, PaymentFile, PaymentOrder } from './payout-rail.js';

const rail = new CsvFileRail();

function order(n: number, overrides: Partial<PaymentOrder> = {}): PaymentOrder {
  return {
    reference: `01KAQ0000000000000000${String(n).padStart(5, '0')}`,
    amount: 123_456n,
    currency: 'CNY',
    holder: '王小明',
    holderSent: '王小明',
    number: '6222021234567890123',
    bankName: '中国工商银行',
    bic: null,
    country: 'CN',
    ...overrides,
  };
}

function write(orders: PaymentOrder[], format: FileFormat, overrides: Partial<PaymentFile> = {}): Promise<Buffer> {
  const file = {
    messageId: '01KAQ00000000000000000MSG1',
    createdAt: new Date(0),
    executionDate: '2025-11-24',
    currency: 'CNY',
    controlSum: orders.reduce((sum, one) => sum + one.amount, 0n),
    debtor: { holder: '引客', number: '31001', bic: 'ICBKCNBJ', country: 'CN', town: 'Shanghai' },
    payments: orders.length,
    orders,
    ...overrides,
  };
  return buffer(rail.write(file, format));
}

describe('a table for the portal of a bank', () => {
  it('has Chinese headers, the name as the merchant wrote it and yuan, in GB18030', async () => {
    const bytes = await write([order(1), order(2, { holderSent: '𠮷野·古丽', amount: 5n })], 'csv-zh-gb18030');
    expect(new TextDecoder('gb18030', { fatal: true }).decode(bytes)).toBe(
      [
        '序号,收款账号,收款户名,收款银行,开户行省份,开户行城市,金额,币种,用途,附言',
        `1,6222021234567890123,王小明,中国工商银行,,,1234.56,CNY,推广佣金,${order(1).reference}`,
        `2,6222021234567890123,𠮷野·古丽,中国工商银行,,,0.05,CNY,推广佣金,${order(2).reference}`,
        '',
      ].join('\r\n'),
    );
  });

  it('marks UTF-8 for spreadsheets where the format says so', async () => {
    const mark = Buffer.from([0xef, 0xbb, 0xbf]);
    expect((await write([order(1)], 'csv-generic-bom')).subarray(0, 3)).toEqual(mark);
    expect((await write([order(1)], 'csv-zh-utf8')).subarray(0, 3)).toEqual(mark);
    expect((await write([order(1)], 'csv-generic')).toString('utf8')).toMatch(/^Sequence,/);
  });

  it('is read back as it was meant, whatever the names and amounts, in every format', async () => {
    const given = fc.record({
      holder: fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('王"小"明', '张,三', '㐂', '=1+1'),
      ),
      amount: fc.bigInt(1n, 10n ** 11n),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(given, { minLength: 1 }), fc.constantFrom(...rail.formats), async (wanted, format) => {
        const orders = wanted.flatMap(({ holder, amount }, n) => {
          const said = rail.express(order(n, { holder }), 'CNY', format);
          return 'holderSent' in said ? [order(n, { holder, amount, ...said })] : [];
        });
        if (orders.length === 0) return;
        const bytes = await write(orders, format);
        const text = new TextDecoder(/charset=(.*)/.exec(rail.mediaType(format))?.[1]).decode(bytes);
        const rows: string[][] = parse(text, { from_line: 2 });
        expect(rows.map((row) => row[2])).toEqual(orders.map(({ holder }) => holder));
        const yuan = rows.map((row) => BigInt((row[6] ?? '').replace('.', '')));
        expect(yuan).toEqual(orders.map(({ amount }) => amount));
        expect(bytes.equals(await write(orders, format))).toBe(true);
      }),
    );
  });

  it('refuses beforehand whom it could not name, pay or keep from being calculated', () => {
    const said = (overrides: Partial<PaymentOrder>, format: FileFormat, currency = 'CNY') =>
      rail.express(order(1, overrides), currency, format);
    expect(said({ holder: '㐂' }, 'csv-zh-gbk')).toHaveProperty('problem');
    expect(said({ holder: '㐂' }, 'csv-zh-gb18030')).toEqual({ holderSent: '㐂' });
    for (const formula of ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '＝1'])
      expect([formula, said({ holder: formula }, 'csv-generic')]).toEqual([formula, { problem: expect.any(String) }]);
    expect(said({ bankName: '=1' }, 'csv-generic')).toHaveProperty('problem');
    expect(said({}, 'csv-zh-gbk', 'EUR')).toHaveProperty('problem');
    expect(said({ country: 'DE' }, 'csv-generic')).toHaveProperty('problem');
  });

  it('is not written with a sum that is not that of its lines, or a cell that would be calculated', async () => {
    await expect(write([order(1)], 'csv-generic', { controlSum: 1n })).rejects.toThrow('control sum');
    await expect(write([order(1, { holderSent: '=1' })], 'csv-generic')).rejects.toThrow('formula');
  });
});
