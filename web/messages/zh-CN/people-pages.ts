import type enPeople from '../en/people-pages.js';
import account from './console/account.js';
import applications from './console/applications.js';
import couponTemplates from './console/coupon-templates.js';
import merchants from './console/merchants.js';
import priceRules from './console/price-rules.js';
import rewardRules from './console/reward-rules.js';
import rules from './console/rules.js';
import staff from './console/staff.js';
import storefronts from './console/storefronts.js';

const people: typeof enPeople = {
  applications,
  merchants,
  staff,
  account,
  storefronts,
  couponTemplates,
  rules,
  priceRules,
  rewardRules,
};

export default people;
