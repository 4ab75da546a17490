/** Words of the portal's first page. */
const home = {
  title: 'Home',
  code: 'Merchant code',
  share: 'Share',
  money: (currency: string) => `Balance in ${currency}`,
  available: 'Available',
  availableHint: 'Goes out with the next payout',
  pending: 'Pending',
  held: 'On hold',
  paying: 'Being paid out',
  payingHint: 'Approved, or on its way to your account',
  owed: 'Negative balance',
  owedHint: 'Refunds took back more than was available; what you earn next settles it first.',
  paidOut: 'Paid out',
  points: 'Points',
  coupons: 'Coupons',
  others: 'Points and coupons',
  statements: 'Statements',
  empty: 'Nothing earned yet',
  emptyText: 'Share your link: as soon as a shopper who came by it completes an order, your reward stands here.',
  suspended: 'Your account is suspended: what you earn goes on hold, and nothing is paid out.',
  closed: 'Your account is closed: nothing new is earned or paid out.',
};

export default home;
