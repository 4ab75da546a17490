import type { Place } from './places.js';
import type { Role } from './session.js';

const FINANCE: readonly Role[] = ['finance-maker', 'finance-checker', 'auditor'];

/** Addresses about money: what is owed, paid, on hold and reconciled. */
export const financePlaces: readonly Place[] = [
  {
    path: '/owed',
    roles: FINANCE,
    load: () => import('./pages/owed/owed.js'),
    nav: { section: 'money', word: ({ pages }) => pages.owed.nav },
  },
];
