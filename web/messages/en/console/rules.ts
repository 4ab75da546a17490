/** What price rules and reward rules say alike. */
const rules = {
  notARate: 'This is not a percentage up to 100 with at most two decimals.',
  discard: 'Discard what I typed',
};

export default rules;
