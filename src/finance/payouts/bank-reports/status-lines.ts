import { paymentReference } from './bank-reference.js';
import type { ReportLine } from './report-line.js';
import { amountOf, batchOf, child, list, reasonOf, text, type Node } from './report-xml.js';

const FAILED = new Set(['RJCT', 'CANC']);
const ACCEPTED = new Set(['ACTC', 'ACCP', 'ACFC', 'ACSP', 'ACWC', 'ACWP', 'ACSC', 'ACCC', 'ACPT']);

/** Even a settled status is only the bank's statement: a booked line is the proof of `paid`. */
function statusMeans(status: string): 'accepted' | 'failed' | null {
  if (FAILED.has(status)) return 'failed';
  return ACCEPTED.has(status) ? 'accepted' : null;
}

/**
 * What a pain.002 says: of each payment that it names, and then of those that it does not, by the word for their block or
 * else for the whole file. `PART` says nothing of payments that are not named.
 */
export function statusLines(report: Node): ReportLine[] {
  const group = child(report, 'OrgnlGrpInfAndSts');
  const messageId = text(group, 'OrgnlMsgId');
  const blocks = list(report, 'OrgnlPmtInfAndSts');
  const named = [report, ...blocks].flatMap((level) => list(level, 'TxInfAndSts')).map(paymentLine);
  const words = blocks.flatMap((block) =>
    levelLine(block, text(block, 'PmtInfSts'), batchOf(text(block, 'OrgnlPmtInfId'), messageId)),
  );
  if (words.length > 0) return [...named, ...words];
  return [...named, ...levelLine(group, text(group, 'GrpSts'), batchOf(undefined, messageId))];
}

function paymentLine(tx: Node): ReportLine {
  const reference = paymentReference(text(tx, 'OrgnlEndToEndId')) ?? paymentReference(text(tx, 'OrgnlInstrId'));
  const amount = amountOf(tx, 'OrgnlTxRef', 'Amt', 'InstdAmt');
  return { ...line(tx, text(tx, 'TxSts') ?? ''), ...amount, reference };
}

function levelLine(level: Node | undefined, status: string | undefined, batch: string | null): ReportLine[] {
  return status === undefined ? [] : [{ ...line(level, status), batch }];
}

function line(level: Node | undefined, status: string): ReportLine {
  return {
    ...reasonOf(...list(level, 'StsRsnInf')),
    status,
    bankStatus: statusMeans(status),
    reference: null,
    mentioned: [],
    batch: null,
    amount: null,
    currency: null,
    charge: null,
    shares: null,
    remark: null,
    booked: false,
    bookedOn: null,
    bankReference: null,
    entryReference: null,
    bookedAccount: null,
    otherAccounts: [],
  };
}
