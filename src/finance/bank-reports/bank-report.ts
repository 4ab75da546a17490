import { XMLParser } from 'fast-xml-parser';
import { DomainError } from '../../shared/domain-error.js';
import { currencyDecimals, isCurrency } from '../../shared/money.js';
import type { FinanceErrorCode } from '../errors.js';
import type { Outcome } from '../payouts/payout.js';

/** What a bank report says of one payment, or of every payment of a message that it does not name. */
export interface ReportLine {
  /** EndToEndId; null: the line names no payment. */
  reference: string | null;
  /** MsgId of a file of ours: the line stands for all of its payments that have no line of their own. */
  wholeMessage: string | null;
  /** What it means; null: nothing to do. */
  says: Exclude<Outcome, 'unknown'> | null;
  /** As the bank wrote it. */
  status: string;
  reasonCode: string | null;
  reason: string | null;
  /** Decimal text as the bank wrote it, with its currency. */
  amount: string | null;
  currency: string | null;
  /** YYYY-MM-DD. */
  bookedOn: string | null;
}

export interface BankReport {
  kind: 'pain.002' | 'camt.053' | 'camt.054';
  messageId: string;
  lines: ReportLine[];
}

type Node = Readonly<Record<string, unknown>>;

/** Elements of which there may be several. */
const LISTS = new Set('Stmt Ntfctn Ntry NtryDtls TxDtls OrgnlPmtInfAndSts TxInfAndSts StsRsnInf AddtlInf'.split(' '));

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Nothing is resolved but the five entities that XML itself has; see `plain` below.
  processEntities: false,
  isArray: (name) => LISTS.has(name),
});

/** Reads pain.002, camt.053 or camt.054 of any version. Throws `bank-report.unreadable`. */
export function readBankReport(bytes: Buffer): BankReport {
  const document = parse(bytes);
  const status = child(document, 'CstmrPmtStsRpt');
  if (status) return { kind: 'pain.002', messageId: messageIdOf(status), lines: statusLines(status) };
  const statement = child(document, 'BkToCstmrStmt');
  if (statement) return { kind: 'camt.053', messageId: messageIdOf(statement), lines: bookedLines(statement, 'Stmt') };
  const notice = child(document, 'BkToCstmrDbtCdtNtfctn');
  if (notice) return { kind: 'camt.054', messageId: messageIdOf(notice), lines: bookedLines(notice, 'Ntfctn') };
  throw unreadable('it is neither pain.002 nor camt.053 nor camt.054');
}

function parse(bytes: Buffer): Node {
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('it is not UTF-8');
  }
  if (/<!(DOCTYPE|ENTITY)/i.test(content)) throw unreadable('document type declarations are not accepted');
  try {
    // `true`: well-formed first, so that a report cut off half-way is not half applied. The package that is to succeed
    // this option does the same with five more packages.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return child(parser.parse(content, true) as Node, 'Document') ?? {};
  } catch {
    throw unreadable('it is not well-formed XML');
  }
}

const FAILED = new Set(['RJCT', 'CANC']);
const ACCEPTED = new Set(['ACTC', 'ACCP', 'ACFC', 'ACSP', 'ACWC', 'ACWP', 'ACSC', 'ACCC', 'ACPT']);

/** Even a settled status is only the bank's word: a booked line is the proof of `paid` (money.md). */
function statusMeans(status: string): 'accepted' | 'failed' | null {
  if (FAILED.has(status)) return 'failed';
  return ACCEPTED.has(status) ? 'accepted' : null;
}

function statusLines(report: Node): ReportLine[] {
  const group = child(report, 'OrgnlGrpInfAndSts') ?? {};
  const blocks = list(report, 'OrgnlPmtInfAndSts');
  const named = blocks
    .flatMap((block) => list(block, 'TxInfAndSts'))
    .map((tx): ReportLine => {
      const status = text(tx, 'TxSts') ?? '';
      const reference = referenceOf(text(tx, 'OrgnlEndToEndId'));
      const reason = reasonOf(list(tx, 'StsRsnInf')[0]);
      return { ...NOTHING, ...reason, reference, status, says: statusMeans(status) };
    });
  // A block's word (our files have one block) counts before the group's. `PART` says nothing of payments not named.
  const levels = [
    ...blocks.map((block) => [block, text(block, 'PmtInfSts')] as const),
    [group, text(group, 'GrpSts')] as const,
  ];
  const [level, status] = levels.find(([, said]) => said !== undefined) ?? [];
  if (status === undefined) return named;
  const wholeMessage = text(group, 'OrgnlMsgId') ?? '';
  const reason = reasonOf(list(level ?? {}, 'StsRsnInf')[0]);
  return [...named, { ...NOTHING, ...reason, wholeMessage, status, says: statusMeans(status) }];
}

function bookedLines(report: Node, part: 'Stmt' | 'Ntfctn'): ReportLine[] {
  return list(report, part)
    .flatMap((statement) => list(statement, 'Ntry'))
    .flatMap((entry) => {
      const details = list(entry, 'NtryDtls').flatMap((detail) => list(detail, 'TxDtls'));
      if (details.length === 0) return [bookedLine(entry, {}, true)];
      return details.map((tx) => bookedLine(entry, tx, details.length === 1));
    });
}

/** `alone`: the entry has one payment, so its amount is the payment's. */
function bookedLine(entry: Node, tx: Node, alone: boolean): ReportLine {
  const status = text(entry, 'Sts', 'Cd') ?? text(entry, 'Sts') ?? '';
  const direction = text(tx, 'CdtDbtInd') ?? text(entry, 'CdtDbtInd') ?? '';
  const returned = child(tx, 'RtrInf');
  const isReturn =
    returned !== undefined || text(entry, 'RvslInd') === 'true' || isReturnCode(tx) || isReturnCode(entry);
  const meaning = direction === 'DBIT' && !isReturn ? 'paid' : direction === 'CRDT' && isReturn ? 'returned' : null;
  return {
    ...NOTHING,
    ...reasonOf(returned),
    ...(amountOf(tx, 'Amt') ?? amountOf(tx, 'AmtDtls', 'TxAmt', 'Amt') ?? (alone ? amountOf(entry, 'Amt') : undefined)),
    reference: referenceOf(text(tx, 'Refs', 'EndToEndId')),
    status: `${status} ${direction}`.trim(),
    says: status === 'BOOK' ? meaning : null,
    bookedOn: dateOf(child(entry, 'BookgDt') ?? child(entry, 'ValDt')),
  };
}

/** Sub-families of bank transaction codes that bring money back: rejected, returned, cancelled. */
const RETURN_CODES = new Set(['RRTN', 'RPCR', 'RRCT']);

function isReturnCode(level: Node): boolean {
  return RETURN_CODES.has(text(level, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') ?? '');
}

const NOTHING = {
  reference: null,
  wholeMessage: null,
  says: null,
  status: '',
  reasonCode: null,
  reason: null,
  amount: null,
  currency: null,
  bookedOn: null,
} satisfies ReportLine;

function reasonOf(level: Node | undefined): Pick<ReportLine, 'reasonCode' | 'reason'> {
  const code = text(level, 'Rsn', 'Cd') ?? text(level, 'Rsn', 'Prtry');
  const further = level?.AddtlInf;
  const reason = (Array.isArray(further) ? further : []).filter((part) => typeof part === 'string').join(' ');
  return { reasonCode: code?.slice(0, 35) ?? null, reason: reason === '' ? null : plain(reason).slice(0, 500) };
}

function referenceOf(reference: string | undefined): string | null {
  return reference === undefined || reference === 'NOTPROVIDED' || reference.length > 35 ? null : reference;
}

function amountOf(node: Node, ...path: string[]): Pick<ReportLine, 'amount' | 'currency'> | undefined {
  const amount = text(node, ...path);
  const currency = text(node, ...path, '@Ccy');
  return amount === undefined || currency === undefined
    ? undefined
    : { amount: amount.slice(0, 30), currency: currency.slice(0, 3) };
}

function dateOf(choice: Node | undefined): string | null {
  const date = (text(choice, 'Dt') ?? text(choice, 'DtTm') ?? '').slice(0, 10);
  return /^[12]\d{3}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : null;
}

/** A bank's decimal text in minor units; null when it is not an exact amount of that currency. */
export function minorFromBank(amount: string, currency: string): bigint | null {
  const found = /^(\d{1,18})(?:\.(\d{1,17}))?$/.exec(amount);
  if (!found || !isCurrency(currency)) return null;
  const decimals = currencyDecimals(currency);
  const fraction = (found[2] ?? '').replace(/0+$/, '');
  return fraction.length > decimals ? null : BigInt(`${found[1] ?? ''}${fraction.padEnd(decimals, '0')}`);
}

function messageIdOf(report: Node): string {
  const id = text(report, 'GrpHdr', 'MsgId');
  if (id === undefined || id.length > 35) throw unreadable('it has no message id');
  return id;
}

function at(node: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isNode(value) ? value[name] : undefined), node);
}

function child(node: Node, ...path: string[]): Node | undefined {
  const value = at(node, path);
  // An element without content is an empty text.
  return isNode(value) ? value : value === '' ? {} : undefined;
}

function text(node: Node | undefined, ...path: string[]): string | undefined {
  const value = at(node, path);
  const found = isNode(value) ? value['#text'] : value;
  return typeof found === 'string' && found !== '' ? plain(found) : undefined;
}

function list(node: Node, name: string): Node[] {
  const value = node[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The five entities of XML, in one pass, and no control characters. */
function plain(value: string): string {
  return value
    .replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\p{Cc}/gu, ' ')
    .trim();
}

function unreadable(why: string): DomainError {
  return new DomainError<FinanceErrorCode>('bank-report.unreadable', `The report cannot be read: ${why}.`);
}
