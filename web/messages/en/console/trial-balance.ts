const trialBalance = {
  nav: 'Trial balance',
  title: 'Trial balance',
  asOf: 'As of',
  before: 'As posted before (empty: now)',
  account: 'Account',
  balance: 'Balance',
  sum: 'Sum',
};

export default trialBalance;
