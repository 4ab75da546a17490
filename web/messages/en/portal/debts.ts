/** Words of the page of negative balances. */
const debts = {
  title: 'Negative balance',
  text: 'Refunds took back more than was available. What you earn next settles it, the oldest first; nothing is asked of you.',
  owed: 'Still to be settled',
  remaining: 'Remains',
  none: 'You have no negative balance.',
};

export default debts;
