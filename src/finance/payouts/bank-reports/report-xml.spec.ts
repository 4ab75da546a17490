import { accountOf, amountOf, batchOf, child, list, LISTS, reasonOf, text, texts } from './report-xml.js';

describe('an element of a bank’s message', () => {
  it('may be there several times where the messages allow it', () => {
    const several = ['Stmt', 'Ntfctn', 'Ntry', 'NtryDtls', 'TxDtls', 'OrgnlPmtInfAndSts', 'TxInfAndSts'];
    expect([...LISTS]).toEqual([...several, 'StsRsnInf', 'AddtlInf', 'Ustrd', 'Chrgs', 'Rcrd']);
  });

  it('is there without content too, and is none where there is a text', () => {
    expect(child({ RtrInf: '' }, 'RtrInf')).toEqual({});
    expect(child({ RtrInf: { Rsn: 'x' } }, 'RtrInf')).toEqual({ Rsn: 'x' });
    expect(child({ RtrInf: 'text' }, 'RtrInf')).toBeUndefined();
    expect(child({ RtrInf: null }, 'RtrInf', 'Rsn')).toBeUndefined();
    expect(child({}, 'RtrInf')).toBeUndefined();
    expect(child(undefined, 'RtrInf')).toBeUndefined();
  });

  it('has its elements, and not the texts among them', () => {
    expect(list({ Ntry: [{ a: '1' }, '', 'text', null, { a: '2' }] }, 'Ntry')).toEqual([{ a: '1' }, { a: '2' }]);
    expect(list({ Ntry: { a: '1' } }, 'Ntry')).toEqual([]);
    expect(list(undefined, 'Ntry')).toEqual([]);
  });

  it('has a text, without control characters or spaces around it', () => {
    expect(text({ Id: ' A\u0000B\n' }, 'Id')).toBe('A B');
    expect(text({ Id: { '#text': 'A', '@Ccy': 'CNY' } }, 'Id')).toBe('A');
    expect(text({ Id: ['A', 'B'] }, 'Id')).toBe('A');
    expect(text({ Id: '' }, 'Id')).toBeUndefined();
    expect(text({ Id: null }, 'Id')).toBeUndefined();
  });

  it('has all its texts but the empty ones', () => {
    expect(texts({ Ustrd: ['A', '', ' ', { '#text': 'B' }, { '@x': 'y' }, null, 'C'] }, 'Ustrd')).toEqual([
      'A',
      'B',
      'C',
    ]);
    expect(texts({ Ustrd: 'A' }, 'Ustrd')).toEqual(['A']);
    expect(texts({}, 'Ustrd')).toEqual([]);
    expect(texts(undefined, 'Ustrd')).toEqual([]);
  });
});

describe('what a bank’s message says of a payment', () => {
  it('is why: the first code, else the bank’s own word, and its notes each once', () => {
    const [own, code] = [
      { Rsn: { Prtry: 'OWN' }, AddtlInf: 'closed' },
      { Rsn: { Cd: 'AC04' }, AddtlInf: ['closed', 'in May'] },
    ];
    expect(reasonOf(own, code)).toEqual({ reasonCode: 'AC04', reason: 'closed in May' });
    expect(reasonOf({}, own)).toEqual({ reasonCode: 'OWN', reason: 'closed' });
    expect(reasonOf({})).toEqual({ reasonCode: null, reason: null });
    expect(reasonOf(undefined)).toEqual({ reasonCode: null, reason: null });
  });

  it('is why, no longer than is kept of it', () => {
    expect(reasonOf({ Rsn: { Prtry: 'x'.repeat(36) }, AddtlInf: 'y'.repeat(501) })).toEqual({
      reasonCode: 'x'.repeat(35),
      reason: 'y'.repeat(500),
    });
  });

  it('is an amount with its currency, and none where one of the two is missing', () => {
    expect(amountOf({ Amt: { '#text': '10.00', '@Ccy': 'CNY' } }, 'Amt')).toEqual({ amount: '10.00', currency: 'CNY' });
    expect(amountOf({ Amt: '10.00' }, 'Amt')).toBeUndefined();
    expect(amountOf({ Amt: { '@Ccy': 'CNY' } }, 'Amt')).toBeUndefined();
    expect(amountOf({}, 'Amt')).toBeUndefined();
    expect(amountOf({ Amt: { '#text': '1'.repeat(31), '@Ccy': 'CNYX' } }, 'Amt')).toEqual({
      amount: '1'.repeat(30),
      currency: 'CNY',
    });
  });

  it('is an account, by its IBAN or by another number', () => {
    expect(accountOf({ Acct: { Id: { IBAN: 'DE89', Othr: { Id: '1' } } } }, 'Acct')).toBe('DE89');
    expect(accountOf({ Acct: { Id: { Othr: { Id: '1' } } } }, 'Acct')).toBe('1');
    expect(accountOf({}, 'Acct')).toBeUndefined();
  });

  const OURS = '01KAQ00000000000000000MSG1';
  it.each<[title: string, paymentInformation: string | undefined, message: string | undefined, batch: string | null]>([
    ['ours by its block, before the message', `${OURS}-1`, 'M', OURS],
    ['ours by a block of two digits', `${OURS}-12`, 'M', OURS],
    ['the message where the block has more before it', `X${OURS}-1`, 'M', 'M'],
    ['the message where the block has more behind it', `${OURS}-1x`, 'M', 'M'],
    ['the message where the block has no number', `${OURS}-`, 'M', 'M'],
    ['the message alone', undefined, 'M', 'M'],
    ['the block of others without a message', 'THEIRS', undefined, 'THEIRS'],
    ['none', undefined, undefined, null],
    ['none of an empty name', undefined, '', null],
    ['as long as a message id may be', undefined, 'M'.repeat(35), 'M'.repeat(35)],
    ['none of a longer name', undefined, 'M'.repeat(36), null],
  ])('is a file: %s', (_, paymentInformation, message, batch) => {
    expect(batchOf(paymentInformation, message)).toBe(batch);
  });
});
