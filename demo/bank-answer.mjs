// @ts-check
import { XMLBuilder, XMLParser } from 'fast-xml-parser';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:';

const asText = { ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false };
const parser = new XMLParser({ ...asText, isArray: (name) => name === 'CdtTrfTxInf' });
const builder = new XMLBuilder({ ...asText, format: true, indentBy: ' ' });

/**
 * What the bank tells a day after it was given a payment file (pain.001): a camt.054 with every booked payment. The last
 * ones of the file came too late for that day.
 * @param {Buffer} paymentFile
 * @param {number} late how many
 */
export function bookingNotice(paymentFile, late) {
  const { GrpHdr, PmtInf } = parser.parse(paymentFile).Document.CstmrCdtTrfInitn;
  const { MsgId } = GrpHdr;
  const booked = PmtInf.CdtTrfTxInf.slice(0, -late);
  const now = new Date().toISOString().slice(0, 19);
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': `${NAMESPACE}camt.054.001.08`,
      BkToCstmrDbtCdtNtfctn: {
        GrpHdr: { MsgId: `${MsgId.slice(0, 33)}-N`, CreDtTm: `${now}Z` },
        Ntfctn: {
          Id: `${MsgId.slice(0, 33)}-N`,
          Acct: { Id: PmtInf.DbtrAcct.Id },
          Ntry: booked.map((/** @type {any} */ { PmtId, Amt }) => ({
            Amt: Amt.InstdAmt,
            CdtDbtInd: 'DBIT',
            Sts: { Cd: 'BOOK' },
            BookgDt: { Dt: now.slice(0, 10) },
            BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: 'ICDT', SubFmlyCd: 'ESCT' } } },
            NtryDtls: {
              TxDtls: { Refs: { EndToEndId: PmtId.EndToEndId }, Amt: Amt.InstdAmt, CdtDbtInd: 'DBIT' },
            },
          })),
        },
      },
    },
  };
  return Buffer.from(builder.build(document));
}

/**
 * What the bank's statement says a week later: one of the payments came back, since the account was closed (AC04).
 * @param {Buffer} paymentFile the one that the payment was in
 * @param {string} reference its EndToEndId
 */
export function returnStatement(paymentFile, reference) {
  const { GrpHdr, PmtInf } = parser.parse(paymentFile).Document.CstmrCdtTrfInitn;
  const id = `${GrpHdr.MsgId.slice(0, 33)}-S`;
  const { Amt } = PmtInf.CdtTrfTxInf.find((/** @type {any} */ { PmtId }) => PmtId.EndToEndId === reference);
  const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 19);
  const day = { Dt: inAWeek.slice(0, 10) };
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': `${NAMESPACE}camt.053.001.08`,
      BkToCstmrStmt: {
        GrpHdr: { MsgId: id, CreDtTm: `${inAWeek}Z` },
        Stmt: {
          Id: id,
          Acct: { Id: PmtInf.DbtrAcct.Id },
          Bal: { Tp: { CdOrPrtry: { Cd: 'CLBD' } }, Amt: Amt.InstdAmt, CdtDbtInd: 'CRDT', Dt: day },
          Ntry: {
            Amt: Amt.InstdAmt,
            CdtDbtInd: 'CRDT',
            Sts: { Cd: 'BOOK' },
            BookgDt: day,
            BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: 'ICDT', SubFmlyCd: 'RRTN' } } },
            NtryDtls: {
              TxDtls: {
                Refs: { EndToEndId: reference },
                Amt: Amt.InstdAmt,
                CdtDbtInd: 'CRDT',
                RtrInf: { Rsn: { Cd: 'AC04' } },
              },
            },
          },
        },
      },
    },
  };
  return Buffer.from(builder.build(document));
}
