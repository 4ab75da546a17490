import { currencyDecimals, isCurrency } from '../../shared/money.js';
import { bookedLines } from './booked-lines.js';
import type { ReportLine } from './report-line.js';
import { child, parseDocument, text, unreadable, type Node } from './report-xml.js';
import { statusLines } from './status-lines.js';

export interface BankReport {
  kind: 'pain.002' | 'camt.053' | 'camt.054';
  messageId: string;
  lines: ReportLine[];
}

/**
 * Reads pain.002, camt.053 or camt.054 of any version; `.03` and `.10` of the first and `.04` and `.08` of the others are
 * tried in tests. Throws `bank-report.unreadable`.
 */
export function readBankReport(bytes: Buffer): BankReport {
  const document = parseDocument(bytes);
  const status = message(document, /^(CstmrPmtStsRpt|pain\.002\.001\.0[12])$/);
  if (status) return { kind: 'pain.002', messageId: messageIdOf(status), lines: statusLines(status) };
  const statement = message(document, /^BkToCstmrStmt(V0\d)?$/);
  if (statement) return { kind: 'camt.053', messageId: messageIdOf(statement), lines: bookedLines(statement, 'Stmt') };
  const notice = message(document, /^BkToCstmrDbtCdtNtfctn(V0\d)?$/);
  if (notice) return { kind: 'camt.054', messageId: messageIdOf(notice), lines: bookedLines(notice, 'Ntfctn') };
  throw unreadable('it is neither pain.002 nor camt.053 nor camt.054');
}

/** A bank's decimal text in minor units; null when it is not an exact amount of that currency. */
export function minorFromBank(amount: string, currency: string): bigint | null {
  const found = /^(\d{1,18})(?:\.(\d{1,17}))?$/.exec(amount);
  if (!found || !isCurrency(currency)) return null;
  const decimals = currencyDecimals(currency);
  const fraction = (found[2] ?? '').replace(/0+$/, '');
  return fraction.length > decimals ? null : BigInt(`${found[1] ?? ''}${fraction.padEnd(decimals, '0')}`);
}

/** First versions were named otherwise than those that followed. */
function message(document: Node, name: RegExp): Node | undefined {
  const found = Object.keys(document).find((key) => name.test(key));
  return found === undefined ? undefined : child(document, found);
}

function messageIdOf(report: Node): string {
  const id = text(report, 'GrpHdr', 'MsgId');
  if (id === undefined || id.length > 35) throw unreadable('it has no message id');
  return id;
}
