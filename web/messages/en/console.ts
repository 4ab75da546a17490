import common from './common.js';
import pages from './console-pages.js';

/** Words of the console; those of its pages stand in console-pages.ts, by page. */
const words = {
  ...common,
  title: 'Console',
  skip: 'Skip to the content',
  menu: 'Menu',
  signInForm: {
    oidc: 'By the operator’s own sign-in',
    title: 'Sign in to the console',
    ended: 'Your session has ended. Sign in again; what you typed is still here.',
    email: 'E-mail',
    password: 'Password',
    code: 'Code from your authenticator',
    codeHint: 'Six digits, or one of your recovery codes',
  },
  invitation: {
    title: 'Choose your password',
    text: (email: string) => `For the account ${email}. Nobody else knows it, admins neither.`,
    password: 'Password',
    hint: '12 characters or more',
    save: 'Save the password',
    done: 'Your password is saved. Sign in with it now.',
    toSignIn: 'To the sign-in',
  },
  secondFactorFirst: {
    title: 'Set a second factor first',
    text: 'Your operator asks for one: until you have it, the console opens nothing else.',
  },
  sections: { work: 'Work', people: 'People', orders: 'Orders', money: 'Money', books: 'Books', settings: 'Settings' },
  notForYou: { title: 'This page is for other roles', text: (roles: string) => `It is for: ${roles}.` },
  notFound: { title: 'There is no such page', home: 'To the start' },
  list: {
    next: 'Next page',
    first: 'First page',
    filters: 'Filters',
    clear: 'Clear filters',
    all: 'All',
    csv: 'As CSV',
  },
  confirm: { sure: 'Please confirm', done: 'Done' },
  reason: 'Reason',
  pages,
};

export default words;
export type ConsoleWords = typeof words;
