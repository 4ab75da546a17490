import type { ComponentType } from 'react';
import { booksPlaces } from './books-places.js';
import { financePlaces } from './finance-places.js';
import type { ConsoleWords } from '../messages/en/console.js';
import type { Role } from './session.js';

type Load = () => Promise<{ default: ComponentType }>;

/** An address of the console: who may open it, what shows it, and where the menu has it. */
export interface Place {
  path: string;
  /** Empty: everybody of the staff. */
  roles: readonly Role[];
  load: Load;
  /** In the menu; absent: it is reached from another page. */
  nav?: { section: keyof ConsoleWords['sections']; word: (words: ConsoleWords) => string };
}

const REVIEW: readonly Role[] = ['admin', 'reviewer'];

/** Every address. Loaded when opened, so that the first page stays small. */
export const places: readonly Place[] = [
  {
    path: '/',
    roles: [],
    load: () => import('./pages/home/home.js'),
    nav: { section: 'work', word: ({ pages }) => pages.home.nav },
  },
  {
    path: '/applications',
    roles: REVIEW,
    load: () => import('./pages/applications/applications.js'),
    nav: { section: 'people', word: ({ pages }) => pages.applications.nav },
  },
  { path: '/applications/$id', roles: REVIEW, load: () => import('./pages/applications/application.js') },
  ...financePlaces,
  ...booksPlaces,
  {
    path: '/merchants',
    roles: [],
    load: () => import('./pages/merchants/merchants.js'),
    nav: { section: 'people', word: ({ pages }) => pages.merchants.nav },
  },
  { path: '/merchants/$id', roles: [], load: () => import('./pages/merchants/merchant.js') },
  {
    path: '/staff',
    roles: ['admin'],
    load: () => import('./pages/staff/staff.js'),
    nav: { section: 'people', word: ({ pages }) => pages.staff.nav },
  },
  {
    path: '/storefronts',
    roles: ['admin'],
    load: () => import('./pages/storefronts/storefronts.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.storefronts.nav },
  },
  { path: '/storefronts/new', roles: ['admin'], load: () => import('./pages/storefronts/new-storefront.js') },
  { path: '/storefronts/$id', roles: ['admin'], load: () => import('./pages/storefronts/storefront.js') },
  {
    path: '/coupon-templates',
    roles: [],
    load: () => import('./pages/coupon-templates/coupon-templates.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.couponTemplates.nav },
  },
  {
    path: '/coupon-templates/new',
    roles: ['admin'],
    load: () => import('./pages/coupon-templates/new-coupon-template.js'),
  },
  {
    path: '/coupon-templates/$name',
    roles: [],
    load: () => import('./pages/coupon-templates/coupon-template.js'),
  },
  { path: '/account', roles: [], load: () => import('./pages/account/account.js') },
  {
    path: '/price-rules',
    roles: ['admin'],
    load: () => import('./pages/price-rules/price-rules.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.priceRules.nav },
  },
  { path: '/price-rules/new', roles: ['admin'], load: () => import('./pages/price-rules/new-price-rule.js') },
  { path: '/price-rules/$id', roles: ['admin'], load: () => import('./pages/price-rules/price-rule.js') },
  {
    path: '/reward-rules',
    roles: ['admin'],
    load: () => import('./pages/reward-rules/reward-rules.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.rewardRules.nav },
  },
  { path: '/reward-rules/new', roles: ['admin'], load: () => import('./pages/reward-rules/new-reward-rule.js') },
  { path: '/reward-rules/$id', roles: ['admin'], load: () => import('./pages/reward-rules/reward-rule.js') },
  {
    path: '/reward-rules/$id/new-version',
    roles: ['admin'],
    load: () => import('./pages/reward-rules/new-reward-version.js'),
  },
  {
    path: '/price-rules/$id/new-version',
    roles: ['admin'],
    load: () => import('./pages/price-rules/new-price-version.js'),
  },
];
