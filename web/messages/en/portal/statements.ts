const entries = (count: number) => (count === 1 ? 'One entry' : `${count} entries`);

/** Words of the statement of a month. */
const statements = {
  title: 'Statement',
  clock: (timeZone: string) => `Months and times by the clock of ${timeZone}.`,
  month: 'Month',
  print: 'Print',
  csv: 'Download (CSV)',
  csvInWechat: 'WeChat saves no files: open this page in a browser for the month as a table (CSV).',
  opening: 'At the beginning',
  credited: 'Added',
  debited: 'Taken',
  closing: 'At the end',
  balanceAfter: 'Balance after it',
  keptCoupons: 'Kept for an order',
  entries,
  reading: (read: number, all: number) => `${read} of ${all} entries read …`,
  notFinal: 'This month is not over: more may follow.',
  nothing: 'Nothing was posted here in this month.',
  none: 'There is no statement yet: nothing has been posted.',
};

export default statements;
