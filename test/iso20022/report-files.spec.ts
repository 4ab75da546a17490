import { Readable } from 'node:stream';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { readBankReport } from '../../src/finance/payouts/bank-reports/bank-report.js';
import { closeReports, readUpload } from '../../src/finance/payouts/bank-reports/report-files.js';
import type { ReportLine } from '../../src/finance/payouts/bank-reports/report-line.js';
import { ReportUpload } from '../../src/finance/payouts/bank-reports/report-upload.js';
import { camt, collected, pain002, readReport, type Booking } from '../support/bank-reports.js';

const LIMIT = 1_000_000;

async function inPieces(bytes: Iterable<Buffer>): Promise<ReportLine[][]> {
  const pieces: ReportLine[][] = [];
  for await (const { lines } of readBankReport(Readable.from(bytes))) pieces.push(lines);
  return pieces;
}

const linesOf = async (bytes: Buffer) => (await inPieces([bytes])).flat();

/** As an upload is read: its reports with their lines. */
async function upload(bytes: Uint8Array) {
  const received = await ReportUpload.receive(Readable.from([Buffer.from(bytes)]), LIMIT);
  try {
    const { reports, ...rest } = await readUpload(received!, LIMIT);
    const read = [];
    for (const { fileName, messageId, kind, pieces } of reports) {
      const lines: ReportLine[] = [];
      for await (const some of pieces.read()) lines.push(...some);
      read.push({ fileName, messageId, kind, references: lines.map((line) => line.reference) });
    }
    await closeReports(reports);
    return { ...rest, reports: read };
  } finally {
    await received!.file.close();
  }
}

describe('a report that comes in pieces', () => {
  const xml = camt([
    { reference: 'A', amount: '1.00', account: '6222' },
    collected('3.00', [
      { reference: 'B', amount: '1.00' },
      { reference: 'C', amount: '2.00' },
    ]),
    { reference: 'Ä', amount: '5.00', returned: 'AC04' },
  ]);
  const status = pain002({
    original: 'M',
    group: 'PART',
    block: 'RJCT',
    payments: [{ reference: '王', status: 'RJCT' }],
  });

  it('says the same wherever it is cut', async () => {
    for (const whole of [xml, status]) {
      const bytes = Buffer.from(whole);
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length)), async (cuts) => {
          const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
          const parts = places.slice(1).map((end, n) => bytes.subarray(places[n], end));
          expect((await inPieces(parts)).flat()).toEqual(readReport(whole).lines);
        }),
        { numRuns: 50 },
      );
    }
  });

  it('is handed on some hundred lines at a time, and never an entry in two', async () => {
    const bookings = (count: number, name = 'R'): Booking[] =>
      Array.from({ length: count }, (_, n) => ({ reference: `${name}${n}`, amount: '1.00' }));
    const bytes = Buffer.from(camt([...bookings(2000), collected('900.00', bookings(900, 'C')), ...bookings(2000)]));
    const chunks = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, n) =>
      bytes.subarray(n * 1000, (n + 1) * 1000),
    );
    const pieces = await inPieces(chunks);
    expect(pieces.map((lines) => lines.length).reduce((a, b) => a + b)).toBe(4900);
    const long = pieces.filter((lines) => lines.length > 520);
    expect(long).toHaveLength(1);
    expect(long[0]!.filter(({ reference }) => reference!.startsWith('C'))).toHaveLength(900);
  });

  it('that is cut off says so wherever that is', async () => {
    for (const part of [0.2, 0.5, 0.9, 0.999]) {
      const bytes = Buffer.from(xml);
      await expect(linesOf(bytes.subarray(0, Math.floor(bytes.length * part)))).rejects.toThrow(/not well-formed/);
    }
  });

  it.each([
    ['a document without a statement', xml.replace(/<Stmt>.*<\/Stmt>/s, '')],
    [
      'a report without a status',
      pain002({ original: 'M' }).replace(/<OrgnlPmtInfAndSts>.*<\/OrgnlPmtInfAndSts>/s, ''),
    ],
  ])('that is %s is refused as empty', async (_, content) => {
    await expect(linesOf(Buffer.from(content))).rejects.toThrow(/bank-report\.empty/);
  });

  it('of a day without bookings is none the less a statement', async () => {
    expect(await linesOf(Buffer.from(camt([])))).toEqual([]);
  });

  it.each([
    ['two messages', '<Document><CstmrPmtStsRpt/><BkToCstmrStmt/></Document>', /more than one message/],
    ['a text without end', xml.replace('STMT-1', 'x'.repeat(200_000)), /more than 100000 characters/],
    ['a tag without end', `<Document ${'a'.repeat(2_000_000)}`, /more than 1048576 characters/],
    ['an unknown entity', xml.replace('STMT-1', '&secret;'), /not well-formed/],
    ['a web page', '<html><body/></html>', /neither pain\.002/],
    ['too deep', `<Document><BkToCstmrStmt>${'<a>'.repeat(100)}`, /nests deeper/],
  ])('with %s is refused', async (_, content, why) => {
    const bytes = Buffer.from(content);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_none, n) =>
      bytes.subarray(n * 65_536, (n + 1) * 65_536),
    );
    await expect(inPieces(chunks)).rejects.toThrow(why);
  });

  it('has its character references read, once', () => {
    expect(readReport(xml.replace('STMT-1', '&#83;&#x54;&amp;lt;')).messageId).toBe('ST&lt;');
  });
});

describe('the encoding of a report', () => {
  const named = (encoding: string, name: string) =>
    camt([{ amount: '1.00', returned: 'AC04' }])
      .replace('encoding="UTF-8"', encoding === '' ? '' : `encoding="${encoding}"`)
      .replace('<Cd>AC04</Cd></Rsn>', `<Cd>AC04</Cd></Rsn><AddtlInf>${name}</AddtlInf>`);
  const reason = async (bytes: Buffer) => (await linesOf(bytes))[0]!.reason;

  it.each([
    ['UTF-8', 'utf8', 'Müller 王'],
    ['utf8', 'utf8', 'Müller 王'],
    ['', 'utf8', 'Müller 王'],
    ['ISO-8859-1', 'latin1', 'Müller & Söhne'.replace('&', '+')],
    ['ISO-8859-1', 'windows-1252', 'zu 5 € – “Müller”'],
    ['iso-8859-15', 'iso-8859-15', 'zu 5 €'],
    ['windows-1252', 'windows-1252', 'Žižka’s'],
    ['GB18030', 'gb18030', '王小明 曾㐀'],
    ['GBK', 'gbk', '王小明'],
    ['UTF-16', 'utf-16le', '王 Müller'],
    ['UTF-16', 'utf-16be', '王 Müller'],
    ['US-ASCII', 'ascii', 'Mueller'],
  ])('%s as %s is read', async (declared, written, name) => {
    expect(await reason(iconv.encode(named(declared, name), written))).toBe(name);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'])(
    'is that of the byte order mark, here %s, whatever is declared',
    async (to) => {
      expect(await reason(iconv.encode(named('ISO-8859-1', '王 Müller'), to, { addBOM: true }))).toBe('王 Müller');
    },
  );

  it('of a file that was recoded, and still says UTF-16, is UTF-8', async () => {
    expect(await reason(Buffer.from(named('UTF-16', 'Müller')))).toBe('Müller');
  });

  it.each([
    ['UTF-8', 'latin1', /not UTF-8/],
    ['GB18030', 'latin1', /not gb18030/],
    ['US-ASCII', 'latin1', /not us-ascii/],
    ['EBCDIC-CP-US', 'utf8', /ebcdic-cp-us is not known/],
    ['base64', 'utf8', /base64 is not known/],
  ])('that says %s and is %s is refused', async (declared, written, why) => {
    await expect(reason(iconv.encode(named(declared, 'Müller <'.replace('<', 'ü')), written))).rejects.toThrow(why);
  });
});

describe('an archive', () => {
  const one = camt([{ reference: 'A', amount: '1.00' }]);
  const two = camt([{ reference: 'B', amount: '2.00' }], 'CNY', '054', { messageId: 'N-2' });
  const zip = (files: Record<string, string | Uint8Array>, level: 0 | 6 = 6) =>
    Buffer.from(
      zipSync(
        Object.fromEntries(
          Object.entries(files).map(([name, content]) => [
            name,
            typeof content === 'string' ? strToU8(content) : content,
          ]),
        ),
        { level },
      ),
    );

  it.each([0, 6] as const)('is read as the files in it, packed at level %s', async (level) => {
    const bytes = zip(
      {
        'eins/一.xml': one,
        'two.053': two,
        'eins/readme.txt': 'hello',
        '__MACOSX/eins/._一.xml': 'x',
        'eins/.DS_Store': 'x',
      },
      level,
    );
    expect(await upload(bytes)).toEqual({
      isArchive: true,
      skipped: ['eins/readme.txt'],
      reports: [
        { fileName: 'eins/一.xml', kind: 'camt.053', messageId: 'STMT-1', references: ['A'] },
        { fileName: 'two.053', kind: 'camt.054', messageId: 'N-2', references: ['B'] },
      ],
    });
  });

  it('with a file that cannot be read is refused whole, and says which', async () => {
    await expect(upload(zip({ 'a.xml': one, 'b.xml': two.slice(0, -9) }))).rejects.toThrow(/b\.xml: .*not well-formed/);
    await expect(upload(zip({ 'a.xml': one, 'b.xml': '<Document/>' }))).rejects.toThrow(/b\.xml: .*neither/);
    await expect(upload(zip({ 'a.txt': 'hello' }))).rejects.toThrow(/no XML file/);
    await expect(upload(zip({}))).rejects.toThrow(/no XML file/);
  });

  it('that is cut off or damaged anywhere is never read as something else', async () => {
    for (const level of [0, 6] as const) {
      const whole = zip({ 'a.xml': one, 'b.xml': two }, level);
      for (let at = 30; at < whole.length; at += 97)
        await expect(upload(whole.subarray(0, at))).rejects.toThrow(/bank-report\.unreadable/);
      const said = async (bytes: Buffer) =>
        JSON.stringify((await upload(bytes)).reports.map(({ messageId, references }) => [messageId, references]));
      const expected = await said(whole);
      for (let at = 60; at < whole.length; at += 41) {
        const bytes = Buffer.from(whole);
        bytes[at]! ^= 0x04;
        const read = await said(bytes).catch((error: unknown) => (error as Error).message);
        if (!read.startsWith('bank-report.unreadable')) expect(read).toBe(expected);
      }
    }
  });

  it('that would unpack without end is refused', async () => {
    await expect(upload(zip({ 'a.xml': new Uint8Array(5_000_000) }))).rejects.toThrow(/more densely/);
    const noise = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [
        `${n}.xml`,
        one.replace('STMT-1', `${'<a>bcdef</a>'.repeat(60_000)}STMT-1`),
      ]),
    );
    await expect(upload(zip(noise))).rejects.toThrow(/bank-report\.unreadable/);
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`${n}.xml`, one]));
    await expect(upload(zip(many))).rejects.toThrow(/more than 200 files/);
  });
});
