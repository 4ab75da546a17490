import type { Place } from './places.js';
import type { Role } from './session.js';

const FINANCE: readonly Role[] = ['finance-maker', 'finance-checker', 'auditor'];
/** Who reads the terms; an admin sets them. */
const TERMS: readonly Role[] = ['admin', ...FINANCE];

/** Addresses about money: what is owed, paid, on hold and reconciled. */
export const financePlaces: readonly Place[] = [
  {
    path: '/owed',
    roles: FINANCE,
    load: () => import('./pages/owed/owed.js'),
    nav: { section: 'money', word: ({ pages }) => pages.owed.nav },
  },
  {
    path: '/payouts',
    roles: FINANCE,
    load: () => import('./pages/payouts/batches.js'),
    nav: { section: 'money', word: ({ pages }) => pages.payouts.nav },
  },
  { path: '/payouts/new', roles: ['finance-maker'], load: () => import('./pages/payouts/new-batch.js') },
  { path: '/payouts/$id', roles: FINANCE, load: () => import('./pages/payouts/batch.js') },
  { path: '/payouts/$id/sheet', roles: FINANCE, load: () => import('./pages/payouts/sheet.js') },
  {
    path: '/reconciliation',
    roles: FINANCE,
    load: () => import('./pages/reconciliation/reconciliation.js'),
    nav: { section: 'money', word: ({ pages }) => pages.reconciliation.nav },
  },
  { path: '/reconciliation/$id', roles: FINANCE, load: () => import('./pages/reconciliation/reconciled-batch.js') },
  { path: '/reconciliation/payouts/$id', roles: FINANCE, load: () => import('./pages/reconciliation/payout.js') },
  {
    path: '/bank-reports',
    roles: FINANCE,
    load: () => import('./pages/bank-reports/reports.js'),
    nav: { section: 'money', word: ({ pages }) => pages.bankReports.nav },
  },
  { path: '/bank-reports/$id', roles: FINANCE, load: () => import('./pages/bank-reports/report.js') },
  {
    path: '/bank-lines',
    roles: FINANCE,
    load: () => import('./pages/bank-reports/lines.js'),
    nav: { section: 'money', word: ({ pages }) => pages.bankReports.linesNav },
  },
  { path: '/bank-lines/$id', roles: FINANCE, load: () => import('./pages/bank-reports/line.js') },
  {
    path: '/holds',
    roles: [...FINANCE, 'reviewer', 'admin'],
    load: () => import('./pages/holds/holds.js'),
    nav: { section: 'money', word: ({ pages }) => pages.holds.nav },
  },
  {
    path: '/holds/$id',
    roles: [...FINANCE, 'reviewer', 'admin'],
    load: () => import('./pages/holds/hold.js'),
  },
  {
    path: '/adjustments',
    roles: FINANCE,
    load: () => import('./pages/adjustments/adjustments.js'),
    nav: { section: 'money', word: ({ pages }) => pages.adjustments.nav },
  },
  {
    path: '/contradictions',
    roles: FINANCE,
    load: () => import('./pages/contradictions/contradictions.js'),
    nav: { section: 'money', word: ({ pages }) => pages.contradictions.nav },
  },
  {
    path: '/parked',
    roles: [...FINANCE, 'admin'],
    load: () => import('./pages/parked/parked.js'),
    nav: { section: 'orders', word: ({ pages }) => pages.parked.nav },
  },
  {
    path: '/payout-policies',
    roles: TERMS,
    load: () => import('./pages/payout-terms/policies.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.payoutTerms.nav },
  },
  {
    path: '/payout-schedules',
    roles: TERMS,
    load: () => import('./pages/payout-terms/schedules.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.payoutTerms.schedulesNav },
  },
  {
    path: '/payout-schedules/new',
    roles: ['admin', 'finance-maker'],
    load: () => import('./pages/payout-terms/new-schedule.js'),
  },
  { path: '/payout-schedules/$id', roles: TERMS, load: () => import('./pages/payout-terms/schedule.js') },
  {
    path: '/platform-accounts',
    roles: TERMS,
    load: () => import('./pages/platform-accounts/platform-accounts.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.platformAccounts.nav },
  },
];
