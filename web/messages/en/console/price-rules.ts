const priceRules = {
  nav: 'Price rules',
  title: 'Price rules',
  text: 'What shoppers pay because a merchant brought them. For each line the most specific rule wins.',
  empty: 'No price rules yet',
  emptyText: 'Without one, shoppers pay the list price, whoever brought them.',
  add: 'Add a price rule',
  save: 'Save the rule',
  added: 'The price rule is saved.',
  editorText: 'What you type stays in this browser until it is saved.',
  kind: 'What happens to the price of one piece',
  rate: 'Off the list price',
  currencyHint: 'The rule says nothing about baskets in other currencies.',
  amountOffOne: 'Off the price of one',
  priceOfOne: 'Price of one',
  floor: 'Not below',
  floorHint: 'Empty: no price below zero.',
  percentOff: (rate: string) => `${rate} off`,
  amountOff: (amount: string) => `${amount} off each`,
  fixed: (amount: string) => `${amount} each`,
  notBelow: (amount: string) => `, not below ${amount}`,
  minorUnits: (units: string) => `${units} minor units`,
  priced: (sku: string, pieces: number, price: string, list: string) =>
    price === list
      ? `${sku} × ${pieces.toString()}: ${price} each`
      : `${sku} × ${pieces.toString()}: ${price} each, in place of ${list}`,
  by: 'By',
};

export default priceRules;
