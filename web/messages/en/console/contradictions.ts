const contradictions = {
  nav: 'Contradictions',
  title: 'Contradictions',
  text: 'What a bank that is called has said against the books. No money moves by it; a person clears it with the bank.',
  none: 'Nothing contradicts the books',
  noneText: 'When the bank says that a payout was paid after it had failed, or the reverse, it is listed here.',
  payout: 'Payout',
  books: 'The books said',
  bank: 'The bank says',
  source: 'Where it said so',
  saidAt: 'First said',
  explanation: 'Explanation',
  settled: 'Settled',
  settle: 'Settle',
  settleTitle: 'Settle the contradiction',
  settleText: 'Say what became of the money: the bank took it back, an adjustment was made …',
  done: 'The contradiction is settled.',
};

export default contradictions;
