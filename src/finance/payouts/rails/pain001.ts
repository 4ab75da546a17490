import XMLBuilder from 'fast-xml-builder';
import { isValidIBAN } from 'ibantools';
import { formatMinor } from '../../../shared/money.js';
import { BANK_TEXT, bankText } from '../bank-text.js';
import type { Debtor, PaymentFile, PaymentOrder } from './payout-rail.js';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, indentBy: ' ' });

/** A payment file that must not leave the house; a programming mistake or a tampered row, never the caller's fault. */
export class PaymentFileError extends Error {
  override readonly name = 'PaymentFileError';
}

/**
 * A customer credit transfer initiation, pain.001.001.09, of one payment information block (one currency, one debtor).
 * The same input gives the same bytes. Throws {@link PaymentFileError} on what the schema would let pass: a wrong count
 * or sum, an amount that is not positive, a text outside the banks' character set.
 */
export function pain001(file: PaymentFile): Buffer {
  const { debtor, currency, orders } = file;
  assertFile(file);
  const totals = { NbOfTxs: String(orders.length), CtrlSum: formatMinor(file.controlSum, currency) };
  const sepa = currency === 'EUR' && isValidIBAN(debtor.number) && orders.every((order) => isValidIBAN(order.number));
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: file.messageId,
          CreDtTm: `${file.createdAt.toISOString().slice(0, 19)}Z`,
          ...totals,
          InitgPty: { Nm: bankText(debtor.holder) },
        },
        PmtInf: {
          PmtInfId: `${file.messageId}-1`,
          PmtMtd: 'TRF',
          // One booking per payment, so that statements name each of them.
          BtchBookg: 'false',
          ...totals,
          ...(sepa ? { PmtTpInf: { SvcLvl: { Cd: 'SEPA' } } } : {}),
          ReqdExctnDt: { Dt: file.executionDate },
          Dbtr: {
            Nm: bankText(debtor.holder),
            PstlAdr: { TwnNm: bankText(debtor.town), Ctry: debtor.country },
          },
          DbtrAcct: { ...account(debtor.number), Ccy: currency },
          DbtrAgt: { FinInstnId: { BICFI: debtor.bic } },
          ChrgBr: sepa ? 'SLEV' : 'SHAR',
          CdtTrfTxInf: orders.map(transaction),
        },
      },
    },
  };
  return Buffer.from(builder.build(document), 'utf8');
}

function transaction(order: PaymentOrder): object {
  return {
    PmtId: { InstrId: order.reference, EndToEndId: order.reference },
    Amt: { InstdAmt: { '@Ccy': order.currency, '#text': formatMinor(order.amount, order.currency) } },
    ...creditorAgent(order),
    Cdtr: { Nm: order.holderSent },
    CdtrAcct: account(order.number),
    RmtInf: { Ustrd: order.reference },
  };
}

function creditorAgent({ bic, bankName }: PaymentOrder): object {
  if (bic !== null) return { CdtrAgt: { FinInstnId: { BICFI: bic } } };
  const name = bankText(bankName ?? '');
  return name === '' ? {} : { CdtrAgt: { FinInstnId: { Nm: name } } };
}

function account(number: string): { Id: object } {
  return { Id: isValidIBAN(number) ? { IBAN: number } : { Othr: { Id: number } } };
}

function assertFile({ debtor, currency, orders, controlSum }: PaymentFile): void {
  const sum = orders.reduce((total, order) => total + order.amount, 0n);
  if (orders.length === 0 || sum !== controlSum)
    throw new PaymentFileError('the control sum is not that of the payments');
  if (orders.some((order) => order.currency !== currency)) throw new PaymentFileError('more than one currency');
  if (orders.some((order) => order.amount <= 0n)) throw new PaymentFileError('an amount is not positive');
  if (new Set(orders.map((order) => order.reference)).size !== orders.length)
    throw new PaymentFileError('a reference is used twice');
  const texts = [
    ...orders.map((order) => order.holderSent),
    ...orders.map((order) => order.reference),
    ...named(debtor),
  ];
  if (texts.some((text) => text === '' || !BANK_TEXT.test(text)))
    throw new PaymentFileError('a text cannot be expressed in the character set of banks');
}

function named(debtor: Debtor): string[] {
  return [bankText(debtor.holder), bankText(debtor.town)];
}
