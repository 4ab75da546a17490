import type enPages from '../en/console-pages.js';
import account from './console/account.js';
import applications from './console/applications.js';
import couponTemplates from './console/coupon-templates.js';
import home from './console/home.js';
import merchants from './console/merchants.js';
import rules from './console/rules.js';
import shared from './console/shared.js';
import staff from './console/staff.js';
import storefronts from './console/storefronts.js';

const pages: typeof enPages = {
  home,
  shared,
  applications,
  merchants,
  storefronts,
  staff,
  account,
  couponTemplates,
  rules,
};

export default pages;
