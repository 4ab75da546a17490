const parked = {
  nav: 'Parked events',
  title: 'Order events that are not posted',
  text: 'Completions and refunds that the money has not followed yet.',
  none: 'Every order event is posted',
  noneText: 'An event that cannot be posted is parked here until its cause is gone.',
  order: 'Order',
  type: 'Event',
  recorded: 'Received',
  error: 'Why it could not be posted',
  attempts: 'Attempts',
  requeue: 'Try again',
  requeued: 'It is tried again now.',
  refund: (id: string) => `refund ${id}`,
};

export default parked;
