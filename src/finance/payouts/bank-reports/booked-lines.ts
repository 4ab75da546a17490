import { mentionedReferences, paymentReference, realReference } from './bank-reference.js';
import { amountsOf, isOfCharges, restOf } from './booked-amounts.js';
import type { ReportLine } from './report-line.js';
import { accountOf, batchOf, child, list, reasonOf, text, texts, type Node } from './report-xml.js';

/** What a camt.053 or camt.054 says, entry by entry; an entry of several payments is as many lines. */
export function bookedLines(report: Node, part: 'Stmt' | 'Ntfctn'): ReportLine[] {
  return list(report, part).flatMap((statement) => {
    const bookedAccount = accountOf(statement, 'Acct') ?? null;
    return list(statement, 'Ntry').flatMap((entry) => entryLines(entry, bookedAccount));
  });
}

function entryLines(entry: Node, bookedAccount: string | null): ReportLine[] {
  const parts = list(entry, 'NtryDtls');
  const details = parts.flatMap((detail) => list(detail, 'TxDtls').map((tx) => ({ tx, batch: child(detail, 'Btch') })));
  if (details.length <= 1) {
    const { tx, batch } = details[0] ?? { tx: {}, batch: child(parts[0], 'Btch') };
    return [bookedLine(entry, bookedAccount, { tx, batch, alone: true })];
  }
  const lines = details.map((detail) => bookedLine(entry, bookedAccount, { ...detail, alone: false }));
  const rest = restOf(entry, lines);
  const first = lines.findIndex(({ amount }) => amount === null);
  return lines.map((line, at) =>
    line.amount === null && rest ? { ...line, shares: { ...rest, begins: at === first } } : line,
  );
}

/** `alone`: the entry has one line, so what the entry says is said of it. */
function bookedLine(
  entry: Node,
  bookedAccount: string | null,
  { tx, batch, alone }: { tx: Node; batch: Node | undefined; alone: boolean },
): ReportLine {
  const status = text(entry, 'Sts', 'Cd') ?? text(entry, 'Sts') ?? '';
  const sign = text(entry, 'CdtDbtInd') ?? text(tx, 'CdtDbtInd') ?? '';
  const returned = child(tx, 'RtrInf');
  const isReturn = returned !== undefined || isReversal(entry) || isReturnCode(tx) || isReturnCode(entry);
  const booked = status === 'BOOK';
  // The sign of the entry is that of the money.
  const signsDiffer = (text(tx, 'CdtDbtInd') ?? sign) !== sign;
  const charges = isOfCharges(tx) || isOfCharges(entry);
  const meaning = sign === 'DBIT' && !isReturn ? 'paid' : sign === 'CRDT' && isReturn ? 'returned' : null;
  const entryReference = realReference(text(entry, 'AcctSvcrRef'));
  const bankReference = realReference(text(tx, 'Refs', 'AcctSvcrRef')) ?? (alone ? entryReference : null);
  return {
    ...reasonOf(returned),
    ...amountsOf(tx, alone ? entry : null, sign === 'DBIT'),
    shares: null,
    ...namesOf(tx, alone ? entry : {}),
    batch:
      batchOf(text(tx, 'Refs', 'PmtInfId'), text(tx, 'Refs', 'MsgId')) ??
      batchOf(text(batch, 'PmtInfId'), text(batch, 'MsgId')),
    status: `${status} ${sign}`.trim(),
    bankStatus: booked && !signsDiffer && !charges ? meaning : null,
    remark: charges ? 'charges' : signsDiffer ? 'signs-differ' : null,
    booked,
    bookedOn: booked ? dateOf(child(entry, 'BookgDt') ?? child(entry, 'ValDt')) : null,
    bankReference,
    entryReference,
    bookedAccount,
    // Banks name the parties of a return as they were in the payment, or the other way round.
    otherAccounts: [
      accountOf(tx, 'RltdPties', 'CdtrAcct'),
      meaning === 'returned' ? accountOf(tx, 'RltdPties', 'DbtrAcct') : undefined,
    ].filter((number) => number !== undefined),
  };
}

/**
 * Our files carry the reference as EndToEndId, InstrId and remittance information: some banks drop the first, and some
 * repeat it in a text only. What the bank calls the payment itself goes before what a text mentions.
 */
function namesOf(tx: Node, entry: Node): Pick<ReportLine, 'reference' | 'mentioned'> {
  const reference = paymentReference(text(tx, 'Refs', 'EndToEndId')) ?? paymentReference(text(tx, 'Refs', 'InstrId'));
  if (reference !== null) return { reference, mentioned: [] };
  const free = [...texts(child(tx, 'RmtInf'), 'Ustrd'), ...texts(tx, 'AddtlTxInf'), ...texts(entry, 'AddtlNtryInf')];
  const mentioned = mentionedReferences(free);
  const [only] = mentioned;
  return mentioned.length === 1 && only !== undefined
    ? { reference: only, mentioned: [] }
    : { reference: null, mentioned };
}

/** Sub-families of bank transaction codes that bring money back: rejected, returned, cancelled. */
const RETURN_CODES = new Set(['RRTN', 'RPCR', 'RRCT']);

function isReturnCode(level: Node): boolean {
  return RETURN_CODES.has(text(level, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') ?? '');
}

/** `xs:boolean` has two words for yes. */
function isReversal(entry: Node): boolean {
  return ['true', '1'].includes(text(entry, 'RvslInd') ?? '');
}

function dateOf(choice: Node | undefined): string | null {
  const date = (text(choice, 'Dt') ?? text(choice, 'DtTm') ?? '').slice(0, 10);
  return /^[12]\d{3}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : null;
}
