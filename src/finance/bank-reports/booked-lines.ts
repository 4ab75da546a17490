import type { ReportLine } from './report-line.js';
import { accountOf, amountOf, batchOf, child, list, reasonOf, referenceOf, text, type Node } from './report-xml.js';

/** What a camt.053 or camt.054 says, entry by entry; an entry of several payments is as many lines. */
export function bookedLines(report: Node, part: 'Stmt' | 'Ntfctn'): ReportLine[] {
  return list(report, part).flatMap((statement) => {
    const bookedAccount = accountOf(statement, 'Acct') ?? null;
    return list(statement, 'Ntry').flatMap((entry) => {
      const parts = list(entry, 'NtryDtls');
      const details = parts.flatMap((detail) =>
        list(detail, 'TxDtls').map((tx) => ({ tx, batch: child(detail, 'Btch') })),
      );
      if (details.length === 0)
        return [bookedLine(entry, bookedAccount, { tx: {}, batch: child(parts[0], 'Btch'), alone: true })];
      return details.map((detail) => bookedLine(entry, bookedAccount, { ...detail, alone: details.length === 1 }));
    });
  });
}

/** `alone`: the entry has one line, so what the entry says is said of it. */
function bookedLine(
  entry: Node,
  bookedAccount: string | null,
  { tx, batch, alone }: { tx: Node; batch: Node | undefined; alone: boolean },
): ReportLine {
  const status = text(entry, 'Sts', 'Cd') ?? text(entry, 'Sts') ?? '';
  const direction = text(tx, 'CdtDbtInd') ?? text(entry, 'CdtDbtInd') ?? '';
  const returned = child(tx, 'RtrInf');
  const isReturn =
    returned !== undefined || text(entry, 'RvslInd') === 'true' || isReturnCode(tx) || isReturnCode(entry);
  const meaning = direction === 'DBIT' && !isReturn ? 'paid' : direction === 'CRDT' && isReturn ? 'returned' : null;
  const booked = status === 'BOOK';
  const bankReference = text(tx, 'Refs', 'AcctSvcrRef') ?? (alone ? text(entry, 'AcctSvcrRef') : undefined);
  return {
    ...reasonOf(returned),
    ...{ amount: null, currency: null },
    ...(amountOf(tx, 'Amt') ?? amountOf(tx, 'AmtDtls', 'TxAmt', 'Amt') ?? (alone ? amountOf(entry, 'Amt') : undefined)),
    reference: paymentOf(tx),
    batch:
      batchOf(text(tx, 'Refs', 'PmtInfId'), text(tx, 'Refs', 'MsgId')) ??
      batchOf(text(batch, 'PmtInfId'), text(batch, 'MsgId')),
    status: `${status} ${direction}`.trim(),
    says: booked ? meaning : null,
    booked,
    bookedOn: booked ? dateOf(child(entry, 'BookgDt') ?? child(entry, 'ValDt')) : null,
    bankReference: bankReference?.slice(0, 35) ?? null,
    bookedAccount,
    // Banks name the parties of a return as they were in the payment, or the other way round.
    otherAccounts: [
      accountOf(tx, 'RltdPties', 'CdtrAcct'),
      meaning === 'returned' ? accountOf(tx, 'RltdPties', 'DbtrAcct') : undefined,
    ].filter((number) => number !== undefined),
  };
}

/** Our files carry the reference as EndToEndId, InstrId and remittance information: some banks drop the first. */
function paymentOf(tx: Node): string | null {
  return (
    referenceOf(text(tx, 'Refs', 'EndToEndId')) ??
    referenceOf(text(tx, 'Refs', 'InstrId')) ??
    referenceOf(/^[0-9A-Z]{26}$/.exec(text(tx, 'RmtInf', 'Ustrd') ?? '')?.[0])
  );
}

/** Sub-families of bank transaction codes that bring money back: rejected, returned, cancelled. */
const RETURN_CODES = new Set(['RRTN', 'RPCR', 'RRCT']);

function isReturnCode(level: Node): boolean {
  return RETURN_CODES.has(text(level, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') ?? '');
}

function dateOf(choice: Node | undefined): string | null {
  const date = (text(choice, 'Dt') ?? text(choice, 'DtTm') ?? '').slice(0, 10);
  return /^[12]\d{3}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : null;
}
