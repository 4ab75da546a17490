// @ts-check
import { XMLBuilder, XMLParser } from 'fast-xml-parser';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:';

const asText = { ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false };
const parser = new XMLParser({ ...asText, isArray: (name) => name === 'CdtTrfTxInf' });
const builder = new XMLBuilder({ ...asText, format: true, indentBy: ' ' });

/**
 * @typedef {object} Booking a payment as the bank books it
 * @property {unknown} amount with its currency, as the files have it
 * @property {string} reference the EndToEndId
 */

/** The payments of a file that a bank is given (pain.001), in its order. @param {Buffer} paymentFile @returns {Booking[]} */
export function paymentsOf(paymentFile) {
  const { PmtInf } = parser.parse(paymentFile).Document.CstmrCdtTrfInitn;
  return PmtInf.CdtTrfTxInf.map((/** @type {any} */ { PmtId, Amt }) => {
    return { amount: Amt.InstdAmt, reference: PmtId.EndToEndId };
  });
}

/**
 * What the bank tells of a payment file: a camt.054 with what it has booked.
 * @param {Buffer} paymentFile
 * @param {readonly Booking[]} bookings
 * @param {string} [number] tells two notices about one file apart
 */
export function bookingNotice(paymentFile, bookings, number = '') {
  const { GrpHdr, PmtInf } = parser.parse(paymentFile).Document.CstmrCdtTrfInitn;
  const id = `${GrpHdr.MsgId.slice(0, 32)}-N${number}`;
  const now = new Date().toISOString().slice(0, 19);
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': `${NAMESPACE}camt.054.001.08`,
      BkToCstmrDbtCdtNtfctn: {
        GrpHdr: { MsgId: id, CreDtTm: `${now}Z` },
        Ntfctn: {
          Id: id,
          Acct: { Id: PmtInf.DbtrAcct.Id },
          Ntry: bookings.map(({ amount, reference }) => ({
            Amt: amount,
            CdtDbtInd: 'DBIT',
            Sts: { Cd: 'BOOK' },
            BookgDt: { Dt: now.slice(0, 10) },
            BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: 'ICDT', SubFmlyCd: 'ESCT' } } },
            NtryDtls: {
              TxDtls: { Refs: { EndToEndId: reference }, Amt: amount, CdtDbtInd: 'DBIT' },
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
