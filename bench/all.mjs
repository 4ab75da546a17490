// @ts-check
/** Every benchmark, in the order of the table in docs/performance.md; each is the file of its name beside this one. */
export const ALL = /** @type {const} */ ([
  'visits',
  'share-link',
  'referrer',
  'quotes-3',
  'quotes-1000',
  'quotes-10000',
  'place',
  'complete',
  'bulk',
  'posting',
  'posting-hot',
  'latency',
  'statement',
  'payouts',
  'audit',
  'growth',
  'workers',
  'pages',
]);
