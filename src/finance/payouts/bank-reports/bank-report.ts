import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';
import { bookedLines } from './booked-lines.js';
import type { ReportLine } from './report-line.js';
import { child, text, unreadable, type Node } from './report-xml.js';
import { statusLines } from './status-lines.js';
import { xmlText } from './xml-text.js';
import { XmlTree } from './xml-tree.js';

export interface BankReport {
  kind: 'pain.002' | 'camt.053' | 'camt.054';
  messageId: string;
  /** Those of some entries; an entry's lines are not parted. */
  lines: ReportLine[];
}

/** Lines of one piece, but for those of the entry that makes it full. */
const PIECE = 500;

/** How the message of a kind may be named (first versions were named otherwise than those that followed), and its parts. */
const MESSAGES = [
  { kind: 'pain.002', name: /^(CstmrPmtStsRpt|pain\.002\.001\.0[12])$/, part: null },
  { kind: 'camt.053', name: /^BkToCstmrStmt(V0\d)?$/, part: 'Stmt' },
  { kind: 'camt.054', name: /^BkToCstmrDbtCdtNtfctn(V0\d)?$/, part: 'Ntfctn' },
] as const;

/**
 * Reads pain.002, camt.053 or camt.054 of any version; `.03` and `.10` of the first and `.04` and `.08` of the others are
 * tried in tests. Gives its lines piece by piece, and one piece at least. What it gave is worth nothing unless it comes to
 * its end: throws `bank-report.unreadable`, and `bank-report.empty` for a message without a statement or status.
 */
export async function* readBankReport(bytes: AsyncIterable<Buffer>): AsyncGenerator<BankReport> {
  const reader = new MessageReader();
  for await (const text of xmlText(bytes)) {
    reader.write(text);
    if (reader.lines.length >= PIECE) yield reader.piece();
  }
  reader.end();
  yield reader.piece();
}

/** A message as it comes in: entries and statuses become lines as soon as they end, and only the rest is kept. */
export class MessageReader {
  lines: ReportLine[] = [];
  private readonly tree: XmlTree;
  private message: (typeof MESSAGES)[number] | null = null;
  private messageName = '';
  private parts = 0;
  private header: Node | undefined;

  constructor() {
    this.tree = new XmlTree({
      open: (names) => this.open(names),
      take: (names, element, around) => this.take(names, element, around),
    });
  }

  write(text: string): void {
    this.tree.write(text);
  }

  end(): void {
    const rest = child(this.tree.end(), 'Document', this.messageName);
    if (!this.message) throw notOurs();
    this.messageId();
    if (this.message.kind === 'pain.002') {
      const levels = statusLines(rest ?? {});
      this.parts += levels.length;
      this.lines.push(...levels);
    }
    if (this.parts === 0) throw empty();
  }

  /** What has come since the last piece. */
  piece(): BankReport {
    const { lines, message } = this;
    if (!message) throw notOurs();
    this.lines = [];
    return { kind: message.kind, messageId: this.messageId(), lines };
  }

  private open(names: readonly string[]): void {
    const [root, name = '', part] = names;
    if (names.length === 1 && root !== 'Document') throw notOurs();
    if (names.length === 2) {
      if (this.message) throw unreadable('it has more than one message');
      this.message = MESSAGES.find((message) => message.name.test(name)) ?? null;
      if (!this.message) throw notOurs();
      this.messageName = name;
    }
    if (names.length === 3 && part === this.message?.part) this.parts += 1;
  }

  private take(names: readonly string[], element: Node, around: Node): boolean {
    if (names.length === 3 && names[2] === 'GrpHdr') this.header = element;
    const name = names.at(-1);
    const part = this.message?.part ?? null;
    if (part !== null) {
      if (names.length !== 4 || name !== 'Ntry' || names[2] !== part) return false;
      this.add(bookedLines({ [part]: [{ ...around, Ntry: [element] }] }, part));
      return true;
    }
    if (name !== 'TxInfAndSts' || (names.length !== 3 && names[2] !== 'OrgnlPmtInfAndSts')) return false;
    this.parts += 1;
    this.add(statusLines({ TxInfAndSts: [element] }));
    return true;
  }

  private add(lines: readonly ReportLine[]): void {
    // An entry may have more lines than a call may have arguments.
    for (const line of lines) this.lines.push(line);
  }

  private messageId(): string {
    const id = text(this.header, 'MsgId');
    if (id === undefined || id.length > 35) throw unreadable('it has no message id');
    return id;
  }
}

function notOurs(): DomainError {
  return unreadable('it is neither pain.002 nor camt.053 nor camt.054');
}

function empty(): DomainError {
  return new DomainError<PayoutErrorCode>('bank-report.empty', 'The report has neither a statement nor a status.');
}
