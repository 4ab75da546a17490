/** Words of the orders that a merchant brought. */
const orders = {
  title: 'Orders I brought',
  text: 'Whom you brought, what it earned you, and why.',
  state: 'State',
  order: (id: string) => `Order ${id}`,
  shopper: (masked: string) => `Shopper ${masked}`,
  notYet: {
    placed: 'The reward is worked out when the purchase is complete.',
    completed: 'The reward is being worked out.',
  },
  takenBack: 'taken back',
  matures: 'Available on',
  via: 'Attributed by',
  attributedAt: 'Came on',
  completedAt: 'Completed',
  cancelledAt: 'Cancelled',
  commissionable: 'Commissionable amount',
  refunded: 'Refunded to the shopper',
  noneOfState: 'There are no orders in this state.',
  noneOfId: (id: string) => `You brought no order ${id}.`,
  empty: 'No orders yet',
  emptyText: 'Orders of shoppers who come by your link or name you appear here, with the reward and the reason for it.',
};

export default orders;
