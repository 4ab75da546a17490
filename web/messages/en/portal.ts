import common from './common.js';
import pages from './portal-pages.js';

/** Words of the portal; those of its pages stand in portal-pages.ts, by page. */
const words = {
  ...common,
  skip: 'Skip to the content',
  menu: 'Menu',
  tabs: { home: 'Home', orders: 'Orders', share: 'Share', payouts: 'Payouts', me: 'Me' },
  asOf: (time: string) => `No connection at the moment. What you see is as of ${time}.`,
  notFound: { title: 'There is no such page', home: 'To the start' },
  assets: {
    points: (count: number, shown: string) => (count === 1 ? '1 point' : `${shown} points`),
    coupons: (count: number, shown: string) => (count === 1 ? '1 coupon' : `${shown} coupons`),
  },
  list: { more: 'Show more', all: 'All', share: 'To my link' },
  code: {
    label: 'Code',
    hint: 'Six digits. You may paste the whole message.',
    send: 'Send me a code',
    again: 'Send it again',
    againIn: (seconds: number) => `Send it again in ${seconds} s`,
  },
  signInForm: {
    title: 'Sign in as a merchant',
    ended: 'You have been signed out. Sign in again; what you typed is still here.',
    contact: { either: 'E-mail or telephone', email: 'E-mail', phone: 'Telephone' },
    contactHint: 'The one that you gave when you registered.',
    notAContact: 'This is neither an e-mail address nor a telephone number.',
    noContact: 'Gave neither? Ask the shop: its staff can enter an e-mail or telephone for you.',
    sent: (contact: string) => `If ${contact} belongs to a merchant, a code is on its way there.`,
    change: 'Another contact',
    which: 'Whose figures do you want to see?',
    first: 'Your registration is approved. This link lets you in once; after that you sign in by a code.',
    enter: 'Enter',
    byCode: 'Sign in by a code instead',
    wechat: 'Sign in with WeChat',
    notYet: 'Not a merchant yet?',
    join: 'Register',
  },
  pages,
};

export default words;
export type PortalWords = typeof words;
