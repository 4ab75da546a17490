import problems from './problems.js';
import states from './states.js';

/** Words that every entry has. */
const words = {
  product: 'Yinke',
  language: { name: 'English', other: '中文', choose: 'Language' },
  problems,
  states,
  /** What the API says is wrong with a field. */
  fault: (detail: string) => detail,
  problem: { requestId: 'Request', copy: 'Copy', copied: 'Copied', again: 'Try again' },
  /** What a coupon takes off. */
  couponWorth: {
    amountOff: (amount: string) => `${amount} off`,
    rateOff: (rate: string) => `${rate} off`,
    atMost: (amount: string) => `at most ${amount}`,
    from: (amount: string) => `from ${amount} spent`,
    and: ', ',
  },
  loading: 'Loading …',
  none: 'none',
  why: 'Why?',
  more: 'More',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  back: 'Back',
  signIn: 'Sign in',
  signOut: 'Sign out',
};

export default words;
export type CommonWords = typeof words;
