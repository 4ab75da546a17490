import XMLBuilder from 'fast-xml-builder';
import { isIban } from '../../../database/index.js';
import { formatMinor } from '../../../shared/money.js';
import { BANK_TEXT, bankText } from './bank-text.js';
import { payeeAddress } from './payee-address.js';
import { checkedOrders, PaymentFileError } from './payment-file.js';
import type { BankFileSettings } from './bank-file-settings.js';
import type { Debtor, PaymentFile, PaymentOrder } from './payout-rail.js';

/** How the versions differ in what is said here. */
const VERSIONS = {
  'pain.001.001.09': { bic: 'BICFI', date: (day: string): unknown => ({ Dt: day }) },
  'pain.001.001.03': { bic: 'BIC', date: (day: string): unknown => day },
};
export type Pain001Version = keyof typeof VERSIONS;
type Dialect = (typeof VERSIONS)[Pain001Version];

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, indentBy: ' ' });

/** Where the payments stand among the other elements. */
const END_OF_BLOCK = '</PmtInf>';

/**
 * A customer credit transfer initiation, pain.001.001, of one payment information block (one currency, one debtor), piece
 * by piece, with no more than one payment in memory. The same input gives the same bytes. Throws {@link PaymentFileError}
 * on what the schema would let pass: a wrong count or sum, an amount that is not positive, a text outside the banks'
 * character set.
 */
export async function* writePain001(file: PaymentFile, version: Pain001Version): AsyncGenerator<Buffer> {
  const { debtor } = file;
  assertTexts(bankText(debtor.holder), bankText(debtor.town));
  const dialect = VERSIONS[version];
  const sepa = isSepa(file);
  const frame = builder.build(envelope(file, version, dialect));
  const end = frame.indexOf(END_OF_BLOCK);
  yield Buffer.from(frame.slice(0, end), 'utf8');
  for await (const order of checkedOrders(file)) {
    assertTexts(order.holderSent, order.reference, ...(order.townSent ? [order.townSent] : []));
    if (sepa && !isIban(order.number)) throw new PaymentFileError('a SEPA payment to an account without IBAN');
    const written = transaction(order, dialect, debtor);
    yield Buffer.from(builder.build({ CdtTrfTxInf: written }), 'utf8');
  }
  yield Buffer.from(frame.slice(end), 'utf8');
}

/** Euros go to IBANs only (see the rail), so the debtor's account decides. */
function isSepa({ currency, debtor }: PaymentFile): boolean {
  return currency === 'EUR' && isIban(debtor.number);
}

function envelope(file: PaymentFile, version: Pain001Version, dialect: Dialect): object {
  const { debtor, currency } = file;
  const totals = { NbOfTxs: String(file.payments), CtrlSum: formatMinor(file.controlSum, currency) };
  const sepa = isSepa(file);
  const settings = debtor.bankFile ?? {};
  return {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': `urn:iso:std:iso:20022:tech:xsd:${version}`,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: file.messageId,
          CreDtTm: `${file.createdAt.toISOString().slice(0, 19)}Z`,
          ...totals,
          InitgPty: initiatingParty(debtor),
        },
        PmtInf: {
          PmtInfId: `${file.messageId}-1`,
          PmtMtd: 'TRF',
          BtchBookg: String(settings.batchBooking ?? false),
          ...totals,
          ...paymentType(sepa, settings.categoryPurpose),
          ReqdExctnDt: dialect.date(file.executionDate),
          Dbtr: {
            Nm: bankText(debtor.holder),
            PstlAdr: { TwnNm: bankText(debtor.town), Ctry: debtor.country },
          },
          DbtrAcct: { ...account(debtor.number), Ccy: currency },
          DbtrAgt: { FinInstnId: { [dialect.bic]: debtor.bic } },
          ChrgBr: sepa ? 'SLEV' : 'SHAR',
        },
      },
    },
  };
}

function initiatingParty({ holder, bankFile: { organisationId, organisationIdScheme, contact } = {} }: Debtor): object {
  const scheme = organisationIdScheme === undefined ? {} : { SchmeNm: { Cd: organisationIdScheme } };
  return {
    Nm: bankText(holder),
    ...(organisationId !== undefined && { Id: { OrgId: { Othr: { Id: organisationId, ...scheme } } } }),
    ...(contact !== undefined && {
      CtctDtls: {
        Nm: bankText(contact.name),
        ...(contact.phone !== undefined && { PhneNb: contact.phone }),
        ...(contact.email !== undefined && { EmailAdr: contact.email }),
      },
    }),
  };
}

function paymentType(sepa: boolean, categoryPurpose: string | undefined): object {
  if (!sepa && categoryPurpose === undefined) return {};
  return {
    PmtTpInf: {
      ...(sepa && { SvcLvl: { Cd: 'SEPA' } }),
      ...(categoryPurpose !== undefined && { CtgyPurp: { Cd: categoryPurpose } }),
    },
  };
}

function transaction(order: PaymentOrder, dialect: Dialect, debtor: Debtor): object {
  return {
    PmtId: { InstrId: order.reference, EndToEndId: order.reference },
    Amt: { InstdAmt: { '@Ccy': order.currency, '#text': formatMinor(order.amount, order.currency) } },
    ...creditorAgent(order, dialect, debtor.bankFile?.agentWithoutBic),
    Cdtr: { Nm: order.holderSent, ...creditorAddress(order, debtor) },
    CdtrAcct: account(order.number),
    RmtInf: { Ustrd: order.reference },
  };
}

function creditorAddress(order: PaymentOrder, debtor: Debtor): object {
  const address = payeeAddress(order, debtor);
  return address === null ? {} : { PstlAdr: { TwnNm: address.town, Ctry: address.country } };
}

/** Never a name alone: no bank routes by it, and many refuse the file. */
function creditorAgent(
  { bic }: PaymentOrder,
  dialect: Dialect,
  without: BankFileSettings['agentWithoutBic'] = 'omitted',
): object {
  if (bic !== null) return { CdtrAgt: { FinInstnId: { [dialect.bic]: bic } } };
  return without === 'omitted' ? {} : { CdtrAgt: { FinInstnId: { Othr: { Id: without } } } };
}

function account(number: string): { Id: object } {
  return { Id: isIban(number) ? { IBAN: number } : { Othr: { Id: number } } };
}

function assertTexts(...texts: string[]): void {
  if (texts.some((text) => text === '' || !BANK_TEXT.test(text)))
    throw new PaymentFileError('a text cannot be expressed in the character set of banks');
}
