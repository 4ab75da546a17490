import { XMLParser } from 'fast-xml-parser';
import { DomainError } from '../../shared/domain-error.js';
import type { FinanceErrorCode } from '../errors.js';

/** An element: its children by name, `#text` and `@attribute`s. */
export type Node = Readonly<Record<string, unknown>>;

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

/** What stands in the `Document` of an ISO 20022 message. Throws `bank-report.unreadable`. */
export function parseDocument(bytes: Buffer): Node {
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

export function child(node: Node | undefined, ...path: string[]): Node | undefined {
  const value = at(node, path);
  // An element without content is an empty text.
  return isNode(value) ? value : value === '' ? {} : undefined;
}

/** The text of an element or attribute (`@Ccy`); undefined when it is empty or not there. */
export function text(node: Node | undefined, ...path: string[]): string | undefined {
  const value = at(node, path);
  const found = isNode(value) ? value['#text'] : Array.isArray(value) ? (value as unknown[])[0] : value;
  return typeof found === 'string' && found !== '' ? plain(found) : undefined;
}

/** Children that may be there several times. */
export function list(node: Node | undefined, name: string): Node[] {
  const value = node?.[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Why, as a status or a return says it. */
export function reasonOf(level: Node | undefined): { reasonCode: string | null; reason: string | null } {
  const code = text(level, 'Rsn', 'Cd') ?? text(level, 'Rsn', 'Prtry');
  const further = level?.AddtlInf;
  const reason = (Array.isArray(further) ? further : []).filter((part) => typeof part === 'string').join(' ');
  return { reasonCode: code?.slice(0, 35) ?? null, reason: reason === '' ? null : plain(reason).slice(0, 500) };
}

/** An EndToEndId that names a payment. */
export function referenceOf(reference: string | undefined): string | null {
  return reference === undefined || reference === 'NOTPROVIDED' || reference.length > 35 ? null : reference;
}

/** An amount with its currency, as the bank wrote them. */
export function amountOf(node: Node | undefined, ...path: string[]): { amount: string; currency: string } | undefined {
  const amount = text(node, ...path);
  const currency = text(node, ...path, '@Ccy');
  return amount === undefined || currency === undefined
    ? undefined
    : { amount: amount.slice(0, 30), currency: currency.slice(0, 3) };
}

/** The number of an account, however it is named. */
export function accountOf(node: Node | undefined, ...path: string[]): string | undefined {
  return text(node, ...path, 'Id', 'IBAN') ?? text(node, ...path, 'Id', 'Othr', 'Id');
}

/** Payment information ids of ours are the message id and a number; see pain001.ts. */
const OUR_BLOCK = /^([0-9A-Z]{26})-\d+$/;

/** The message id of a file of ours that these ids may name. */
export function batchOf(paymentInformationId: string | undefined, messageId: string | undefined): string | null {
  const name = OUR_BLOCK.exec(paymentInformationId ?? '')?.[1] ?? messageId ?? paymentInformationId ?? '';
  return name === '' || name.length > 35 ? null : name;
}

export function unreadable(why: string): DomainError {
  return new DomainError<FinanceErrorCode>('bank-report.unreadable', `The report cannot be read: ${why}.`);
}

function at(node: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isNode(value) ? value[name] : undefined), node);
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
