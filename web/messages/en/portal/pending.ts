/** Words of the days on which pending rewards become available. */
const pending = {
  title: 'Pending',
  text: 'Earned, and available when the waiting period is over: on these days, unless an order is refunded before.',
  rest: 'Older orders',
  sum: 'All of it',
  none: 'Nothing is pending.',
  orders: 'To the orders',
};

export default pending;
