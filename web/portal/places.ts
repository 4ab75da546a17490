import type { ComponentType } from 'react';

/** An address of the portal, and what shows it. */
export interface Place {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** Every address. Loaded when opened, so that the first page stays small. */
export const places: readonly Place[] = [
  { path: '/', load: () => import('./pages/home/home.js') },
  { path: '/share', load: () => import('./pages/share/share.js') },
  { path: '/payouts', load: () => import('./pages/payouts/payouts.js') },
  { path: '/statements', load: () => import('./pages/statements/statements.js') },
  { path: '/debts', load: () => import('./pages/debts/debts.js') },
];
