import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BankReportService } from '../../src/finance/payouts/bank-reports/bank-report.service.js';
import { ReportUpload } from '../../src/finance/payouts/bank-reports/report-upload.js';
import type { Staff } from '../../src/access/staff.js';
import { MessageReader, type BankReport } from '../../src/finance/payouts/bank-reports/bank-report.js';

/** What a bank writes about payments; valid against the schemas, see {@link validateXml}. */

export interface StatusOf {
  reference: string;
  status: string;
  reason?: string;
}

/** pain.002 about one of our files, of version `.10` unless told otherwise. */
export function pain002(report: {
  original: string;
  version?: '03' | '10';
  group?: string;
  block?: string;
  payments?: StatusOf[];
  reason?: string;
}): string {
  const reasonOf = (code?: string) =>
    code === undefined ? '' : `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn><AddtlInf>as R&amp;D said</AddtlInf></StsRsnInf>`;
  const payments = (report.payments ?? []).map(
    ({ reference, status, reason }) =>
      `<TxInfAndSts><OrgnlInstrId>${reference}</OrgnlInstrId><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>${status}</TxSts>${reasonOf(reason)}</TxInfAndSts>`,
  );
  const block = report.block === undefined ? '' : `<PmtInfSts>${report.block}</PmtInfSts>`;
  const group = report.group === undefined ? '' : `<GrpSts>${report.group}</GrpSts>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${report.version ?? '10'}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2025-11-22T10:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>${report.original}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.${report.version === '03' ? '03' : '09'}</OrgnlMsgNmId>${group}${reasonOf(report.reason)}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>${report.original}-1</OrgnlPmtInfId>${block}${payments.join('\n')}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`;
}

export interface Booking {
  reference?: string;
  /** Decimal text. */
  amount: string;
  /** A return with this reason; absent: money that left. */
  returned?: string;
  /** Money that came, with no word about why. */
  credit?: boolean;
  pending?: boolean;
  /** Account on the other side. */
  account?: string;
  /** The bank's own name of the booking. */
  bankReference?: string;
  remittance?: string;
  day?: string;
  /** Of the transaction, when it is not that of the entry. */
  sign?: 'DBIT' | 'CRDT';
  /** Sub-family of the bank transaction code, when it is not that of a payment or a return. */
  code?: string;
  /** The bank's own transaction code, instead of that of ISO 20022. */
  ownCode?: string;
  /** Amounts of the payment as it was ordered, and of the charges on top. */
  instructed?: string;
  charges?: string;
  /** Writes no amount of the transaction. */
  withoutAmount?: boolean;
  /** `AddtlTxInf`. */
  note?: string;
  /** One sum for the whole of a file, named by its message or payment information id. */
  batch?: { messageId?: string; paymentInformationId?: string };
}

export interface CamtOptions {
  version?: '04' | '08';
  /** Account that was booked on. */
  own?: string;
  messageId?: string;
  /** Writes no account. */
  withoutAccount?: boolean;
}

const optional = (tag: string, content?: string) => (content === undefined ? '' : `<${tag}>${content}</${tag}>`);

/** One entry for several payments: a sum, and the payments under it. */
export function collected(amount: string, bookings: Booking[], currency = 'CNY', more: Partial<Booking> = {}): string {
  const details = bookings.map((one) => transaction(one, currency)).join('');
  return entry({ amount, ...more }, currency, '08', details);
}

function transaction(booking: Booking, currency: string): string {
  const { reference, amount, returned, credit, account, remittance, instructed, charges, note } = booking;
  const direction = booking.sign ?? (returned || credit ? 'CRDT' : 'DBIT');
  const money = (value: string) => `<Amt Ccy="${currency}">${value}</Amt>`;
  const party = account && `<CdtrAcct><Id><Othr><Id>${account}</Id></Othr></Id></CdtrAcct>`;
  const refs = optional('Refs', reference && optional('EndToEndId', reference));
  const reason = returned && `<Rsn><Cd>${returned}</Cd></Rsn>`;
  const own = booking.withoutAmount ? '' : money(amount);
  const ordered = instructed && `<InstdAmt>${money(instructed)}</InstdAmt>`;
  const records = charges && `<Rcrd>${money(charges)}<CdtDbtInd>DBIT</CdtDbtInd></Rcrd>`;
  const texts = optional('RmtInf', remittance && optional('Ustrd', remittance));
  return `<TxDtls>${refs}${own}<CdtDbtInd>${direction}</CdtDbtInd>${optional('AmtDtls', ordered)}${optional('Chrgs', records)}${optional('RltdPties', party)}${texts}${optional('RtrInf', reason)}${optional('AddtlTxInf', note)}</TxDtls>`;
}

function entry(booking: Booking, currency: string, version: '04' | '08', details: string): string {
  const { amount, returned, credit, pending, bankReference, day = '2025-11-24' } = booking;
  const status = pending ? 'PDNG' : 'BOOK';
  const iso = `<Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>${booking.code ?? (returned ? 'RRTN' : 'ESCT')}</SubFmlyCd></Fmly></Domn>`;
  const code = booking.ownCode === undefined ? iso : `<Prtry><Cd>${booking.ownCode}</Cd></Prtry>`;
  return `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${returned || credit ? 'CRDT' : 'DBIT'}</CdtDbtInd>
<Sts>${version === '08' ? optional('Cd', status) : status}</Sts><BookgDt><Dt>${day}</Dt></BookgDt>${optional('AcctSvcrRef', bankReference)}<BkTxCd>${code}</BkTxCd>
<NtryDtls>${details}</NtryDtls></Ntry>`;
}

/** camt.053 (or .054) of the operator's account, of version `.08` unless told otherwise. */
export function camt(
  bookings: (Booking | string)[],
  currency = 'CNY',
  kind: '053' | '054' = '053',
  { version = '08', own = '1001244319000000017', messageId = 'STMT-1', withoutAccount = false }: CamtOptions = {},
): string {
  const entries = bookings.map((booking) => {
    if (typeof booking === 'string') return booking;
    const { messageId: file, paymentInformationId: block } = booking.batch ?? {};
    const sum = `${optional('MsgId', file)}${optional('PmtInfId', block)}`;
    return entry(booking, currency, version, booking.batch ? optional('Btch', sum) : transaction(booking, currency));
  });
  const account = withoutAccount ? '' : `<Acct><Id><Othr><Id>${own}</Id></Othr></Id></Acct>`;
  const balance = `<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-11-24</Dt></Dt></Bal>`;
  const [message, part] = kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${version}"><${message}>
<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>2025-11-24T20:00:00Z</CreDtTm></GrpHdr>
<${part}><Id>1</Id>${account}${kind === '053' ? balance : ''}${entries.join('\n')}</${part}></${message}></Document>`;
}

/** All that a report says, at once. Throws as the reader does. */
export function readReport(xml: string): BankReport {
  const reader = new MessageReader();
  reader.write(xml);
  reader.end();
  return reader.piece();
}

/** Hands in a report without HTTP. */
export async function handIn(reports: BankReportService, by: Staff, bytes: Uint8Array) {
  const upload = await ReportUpload.receive(Readable.from([Buffer.from(bytes)]), bytes.length);
  if (!upload) throw new Error('it is longer than itself');
  try {
    return await reports.receiveUpload(by, upload);
  } finally {
    await upload.file.close();
  }
}

/** By xmllint when YINKE_ISO20022_SCHEMAS names the folder of the schemas; else nothing is said. */
export function validateXml(xml: string | Buffer, schema: string): void {
  const schemas = process.env.YINKE_ISO20022_SCHEMAS;
  if (!schemas) return;
  const folder = mkdtempSync(join(tmpdir(), 'iso20022-'));
  try {
    writeFileSync(join(folder, 'file.xml'), xml);
    execFileSync('xmllint', ['--noout', '--schema', join(schemas, schema), join(folder, 'file.xml')], {
      stdio: 'pipe',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
