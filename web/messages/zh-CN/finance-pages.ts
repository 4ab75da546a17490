import type en from '../en/finance-pages.js';
import adjustments from './console/adjustments.js';
import bankReports from './console/bank-reports.js';
import contradictions from './console/contradictions.js';
import holds from './console/holds.js';
import owed from './console/owed.js';
import parked from './console/parked.js';
import payout from './console/payout.js';
import payoutTerms from './console/payout-terms.js';
import payouts from './console/payouts.js';
import platformAccounts from './console/platform-accounts.js';
import reconciliation from './console/reconciliation.js';
import shared from './console/shared.js';

const finance: typeof en = {
  shared,
  owed,
  payouts,
  payout,
  bankReports,
  reconciliation,
  holds,
  adjustments,
  contradictions,
  parked,
  payoutTerms,
  platformAccounts,
};

export default finance;
