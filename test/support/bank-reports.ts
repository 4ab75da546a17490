import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a bank writes about payments; valid against the schemas, see {@link validateXml}. */

export interface StatusOf {
  reference: string;
  status: string;
  reason?: string;
}

/** pain.002.001.10 about one of our files. */
export function pain002(report: {
  original: string;
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
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2025-11-22T10:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>${report.original}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${group}${reasonOf(report.reason)}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>${report.original}-1</OrgnlPmtInfId>${block}${payments.join('\n')}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`;
}

export interface Booking {
  reference: string;
  /** Decimal text. */
  amount: string;
  /** A return with this reason; absent: money that left. */
  returned?: string;
  pending?: boolean;
}

/** camt.053.001.08 (or .054) of the operator's account. */
export function camt(bookings: Booking[], currency = 'CNY', kind: '053' | '054' = '053'): string {
  const entries = bookings.map(({ reference, amount, returned, pending }) => {
    const code = `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>${returned ? 'RRTN' : 'ESCT'}</SubFmlyCd></Fmly></Domn></BkTxCd>`;
    const direction = `<CdtDbtInd>${returned ? 'CRDT' : 'DBIT'}</CdtDbtInd>`;
    const why = returned === undefined ? '' : `<RtrInf><Rsn><Cd>${returned}</Cd></Rsn></RtrInf>`;
    return `<Ntry><Amt Ccy="${currency}">${amount}</Amt>${direction}<Sts><Cd>${pending ? 'PDNG' : 'BOOK'}</Cd></Sts><BookgDt><Dt>2025-11-24</Dt></BookgDt>${code}
<NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs><Amt Ccy="${currency}">${amount}</Amt>${direction}${why}</TxDtls></NtryDtls></Ntry>`;
  });
  const account = '<Acct><Id><Othr><Id>1001244319000000017</Id></Othr></Id></Acct>';
  const balance = `<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-11-24</Dt></Dt></Bal>`;
  const [message, part] = kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.08"><${message}>
<GrpHdr><MsgId>STMT-1</MsgId><CreDtTm>2025-11-24T20:00:00Z</CreDtTm></GrpHdr>
<${part}><Id>1</Id>${account}${kind === '053' ? balance : ''}${entries.join('\n')}</${part}></${message}></Document>`;
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
