import type { Place } from './places.js';
import type { Role } from './session.js';

const REVIEW: readonly Role[] = ['admin', 'reviewer'];
const ADMIN: readonly Role[] = ['admin'];

/** Pages about people, and the settings of an admin. */
export const peoplePlaces: readonly Place[] = [
  {
    path: '/applications',
    roles: REVIEW,
    load: () => import('./pages/applications/applications.js'),
    nav: { section: 'people', word: ({ pages }) => pages.applications.nav },
  },
  { path: '/applications/$id', roles: REVIEW, load: () => import('./pages/applications/application.js') },
  {
    path: '/merchants',
    roles: [],
    load: () => import('./pages/merchants/merchants.js'),
    nav: { section: 'people', word: ({ pages }) => pages.merchants.nav },
  },
  { path: '/merchants/$id', roles: [], load: () => import('./pages/merchants/merchant.js') },
  {
    path: '/bank-account-changes',
    roles: REVIEW,
    load: () => import('./pages/merchants/waiting-accounts.js'),
    nav: { section: 'people', word: ({ pages }) => pages.merchants.accountChanges },
  },
  {
    path: '/staff',
    roles: ADMIN,
    load: () => import('./pages/staff/staff.js'),
    nav: { section: 'people', word: ({ pages }) => pages.staff.nav },
  },
  {
    path: '/storefronts',
    roles: ADMIN,
    load: () => import('./pages/storefronts/storefronts.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.storefronts.nav },
  },
  { path: '/storefronts/new', roles: ADMIN, load: () => import('./pages/storefronts/new-storefront.js') },
  { path: '/storefronts/$id', roles: ADMIN, load: () => import('./pages/storefronts/storefront.js') },
  {
    path: '/coupon-templates',
    roles: [],
    load: () => import('./pages/coupon-templates/coupon-templates.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.couponTemplates.nav },
  },
  {
    path: '/coupon-templates/new',
    roles: ADMIN,
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
    roles: ADMIN,
    load: () => import('./pages/price-rules/price-rules.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.priceRules.nav },
  },
  { path: '/price-rules/new', roles: ADMIN, load: () => import('./pages/price-rules/new-price-rule.js') },
  { path: '/price-rules/$id', roles: ADMIN, load: () => import('./pages/price-rules/price-rule.js') },
  {
    path: '/reward-rules',
    roles: ADMIN,
    load: () => import('./pages/reward-rules/reward-rules.js'),
    nav: { section: 'settings', word: ({ pages }) => pages.rewardRules.nav },
  },
  { path: '/reward-rules/new', roles: ADMIN, load: () => import('./pages/reward-rules/new-reward-rule.js') },
  { path: '/reward-rules/$id', roles: ADMIN, load: () => import('./pages/reward-rules/reward-rule.js') },
  {
    path: '/reward-rules/$id/new-version',
    roles: ADMIN,
    load: () => import('./pages/reward-rules/new-reward-version.js'),
  },
  {
    path: '/price-rules/$id/new-version',
    roles: ADMIN,
    load: () => import('./pages/price-rules/new-price-version.js'),
  },
];
