const reconciliation = {
  nav: 'Reconciliation',
  title: 'Reconciliation',
  text: 'Batches that were sent, and what the bank has said of them so far.',
  none: 'No batch has been sent yet',
  noneText: 'Once a batch is submitted, it is compared here with what the bank says.',
  onlyOpen: 'Only batches with something open',
  all: 'All batches',
  sent: 'Sent',
  age: 'Age',
  days: (days: number) => (days === 1 ? '1 day' : `${days} days`),
  rail: 'Rail',
  total: 'Sent in all',
  open: 'Open',
  paid: 'Paid',
  failed: 'Failed',
  returned: 'Returned',
  withdrawn: 'Withdrawn',
  countAndSum: (count: string, sum: string) => `${count} · ${sum}`,
  waitingLines: (count: number, days: number) =>
    count === 1
      ? `1 bank line waits for a person, for ${days} days.`
      : `${count} bank lines wait for a person, the oldest for ${days} days.`,
  toLines: 'To the open lines',
  csv: 'As CSV',
  batchTitle: (at: string) => `Reconciliation of the batch of ${at}`,
  toBatch: 'To the batch',
  noPayouts: 'No payout',
  payee: 'Merchant',
  state: 'State',
  reference: 'Reference',
  amount: 'Sent',
  bank: 'Bank',
  books: 'Books',
  openFor: (days: number) => (days === 1 ? 'open for 1 day' : `open for ${days} days`),
  nothingYet: 'nothing yet',
};

export default reconciliation;
