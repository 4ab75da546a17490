import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';

/** An element: its children by name, `#text` and `@attribute`s. */
export type Node = Readonly<Record<string, unknown>>;

/** Elements of which there may be several. */
export const LISTS: ReadonlySet<string> = new Set(
  'Stmt Ntfctn Ntry NtryDtls TxDtls OrgnlPmtInfAndSts TxInfAndSts StsRsnInf AddtlInf Ustrd Chrgs Rcrd'.split(' '),
);

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

/** All texts of elements that may be there several times; empty ones are left out. */
export function texts(node: Node | undefined, name: string): string[] {
  const value = node?.[name];
  return (Array.isArray(value) ? (value as unknown[]) : [value])
    .flatMap((one) => (typeof one === 'string' ? [plain(one)] : isNode(one) ? (text(one) ?? []) : []))
    .filter((one) => one !== '');
}

/** Why, as a status or a return says it; of several reasons a code goes before a bank's own word. */
export function reasonOf(...levels: (Node | undefined)[]): { reasonCode: string | null; reason: string | null } {
  const first = (kind: string) => levels.map((level) => text(level, 'Rsn', kind)).find((one) => one !== undefined);
  const code = first('Cd') ?? first('Prtry');
  const reason = [...new Set(levels.flatMap((level) => texts(level, 'AddtlInf')))].join(' ');
  return { reasonCode: code?.slice(0, 35) ?? null, reason: reason === '' ? null : reason.slice(0, 500) };
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
  return new DomainError<PayoutErrorCode>('bank-report.unreadable', `The report cannot be read: ${why}.`);
}

function at(node: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isNode(value) ? value[name] : undefined), node);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without control characters. */
function plain(value: string): string {
  return value.replace(/\p{Cc}/gu, ' ').trim();
}
