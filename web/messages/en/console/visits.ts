const visits = {
  nav: 'Visits',
  title: 'Visits',
  text: 'Who came to a shop, and whether a merchant counts for them. Shoppers have no names here.',
  at: 'When',
  merchant: 'Merchant',
  somebody: 'a merchant',
  nobody: 'none',
  via: 'Known by',
  code: 'Code',
  answers: 'Answers',
  referrer: 'Came from',
  empty: 'No visits',
  emptyText: 'Each page view that a shop reports as the begin of a visit stands here.',
};

export default visits;
