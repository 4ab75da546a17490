import type { Schema } from '../../../api/types.js';

const find = {
  title: 'Find',
  text: 'Find by a whole number: order, refund, reward, payout, bank reference, journal, merchant code',
  placeholder: 'Find by number',
  number: 'Number, code or id',
  find: 'Find',
  kind: 'What it is',
  nothing: (number: string) => `Nothing has the number ${number}`,
  nothingText: 'The number has to be whole. What your role may not read is not found either.',
  kinds: {
    adjustment: 'Adjustment',
    application: 'Application',
    'bank-report': 'Bank report',
    'bank-report-line': 'Bank line',
    coupon: 'Coupon',
    hold: 'Hold',
    journal: 'Journal',
    merchant: 'Merchant',
    order: 'Order',
    'order-event': 'Order event',
    payout: 'Payout',
    'payout-batch': 'Payout batch',
    'points-lot': 'Lot of points',
    redemption: 'Redemption',
    refund: 'Refund',
    reward: 'Reward',
    storefront: 'Storefront',
    visit: 'Visit',
  } satisfies Record<Schema<'FoundDto'>['kind'], string>,
};

export default find;
