import type { Place } from './places.js';
import type { Role } from './session.js';

const BOOKS: readonly Role[] = ['auditor', 'finance-maker', 'finance-checker', 'admin'];

/** Addresses of what happened and of the books: rewards, journals, the audit. */
export const booksPlaces: readonly Place[] = [
  { path: '/find', roles: [], load: () => import('./pages/find/find.js') },
  {
    path: '/orders',
    roles: [],
    load: () => import('./pages/orders/orders.js'),
    nav: { section: 'orders', word: ({ pages }) => pages.orders.nav },
  },
  { path: '/orders/$storefront/$orderId', roles: [], load: () => import('./pages/orders/order.js') },
  {
    path: '/rewards',
    roles: [],
    load: () => import('./pages/rewards/rewards.js'),
    nav: { section: 'orders', word: ({ pages }) => pages.rewards.nav },
  },
  {
    path: '/visits',
    roles: [],
    load: () => import('./pages/visits/visits.js'),
    nav: { section: 'orders', word: ({ pages }) => pages.visits.nav },
  },
  { path: '/rewards/$id', roles: [], load: () => import('./pages/rewards/reward.js') },
  {
    path: '/journals',
    roles: BOOKS,
    load: () => import('./pages/journals/journals.js'),
    nav: { section: 'books', word: ({ pages }) => pages.journals.nav },
  },
  { path: '/journals/$id', roles: BOOKS, load: () => import('./pages/journals/journal.js') },
  {
    path: '/trial-balance',
    roles: BOOKS,
    load: () => import('./pages/trial-balance/trial-balance.js'),
    nav: { section: 'books', word: ({ pages }) => pages.trialBalance.nav },
  },
  {
    path: '/audit',
    roles: BOOKS,
    load: () => import('./pages/audit/audit.js'),
    nav: { section: 'books', word: ({ pages }) => pages.audit.nav },
  },
  {
    path: '/audit-log',
    roles: ['admin', 'auditor'],
    load: () => import('./pages/audit-log/audit-log.js'),
    nav: { section: 'books', word: ({ pages }) => pages.auditLog.nav },
  },
];
