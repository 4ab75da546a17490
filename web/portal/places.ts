import type { ComponentType } from 'react';

/** An address of the portal, and what shows it. */
export interface Place {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** Every address. Loaded when opened, so that the first page stays small. */
export const places: readonly Place[] = [
  { path: '/', load: () => import('./pages/home/home.js') },
  { path: '/orders', load: () => import('./pages/orders/orders.js') },
  { path: '/pending', load: () => import('./pages/pending/pending.js') },
  { path: '/share', load: () => import('./pages/share/share.js') },
  { path: '/payouts', load: () => import('./pages/payouts/payouts.js') },
  { path: '/statements', load: () => import('./pages/statements/statements.js') },
  { path: '/debts', load: () => import('./pages/debts/debts.js') },
  { path: '/assets', load: () => import('./pages/assets/assets.js') },
  { path: '/me', load: () => import('./pages/me/me.js') },
  { path: '/me/bank-account', load: () => import('./pages/me/bank-account.js') },
  { path: '/me/contact', load: () => import('./pages/me/contact.js') },
  { path: '/me/sessions', load: () => import('./pages/me/sessions.js') },
];
