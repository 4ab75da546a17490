/** Words of the parts that many pages use. */
const shared = {
  you: 'you',
  system: 'automatic',
  colleague: (tail: string) => `colleague …${tail}`,
  notAnAmount: 'This is not an amount of this currency. Write it like 1234.56.',
  points: 'points',
  coupon: (name: string) => `coupon ${name}`,
  pieces: (count: string, name: string) => `${count} × ${name}`,
  findMerchant: 'Find',
  noMerchant: 'No merchant has this code or WeChat ID.',
  merchantCodeOrWechat: 'Merchant code or WeChat ID, whole',
  merchant: 'Merchant',
  currency: 'Currency',
  asset: 'Asset',
  amount: 'Amount',
  state: 'State',
  forTheRecord: 'For the record, for ever.',
  makerReads: 'The maker reads this reason.',
  checkerReads: 'The checker reads this reason.',
  samePerson: 'It takes another person',
  approve: 'Approve',
  reject: 'Reject',
  print: 'Print',
  remove: 'Remove',
  seeAlso: 'See also',
};

export default shared;
