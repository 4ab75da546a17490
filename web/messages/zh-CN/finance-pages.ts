import type en from '../en/finance-pages.js';
import bankReports from './console/bank-reports.js';
import owed from './console/owed.js';
import payout from './console/payout.js';
import payouts from './console/payouts.js';
import reconciliation from './console/reconciliation.js';
import shared from './console/shared.js';

const finance: typeof en = { shared, owed, payouts, payout, bankReports, reconciliation };

export default finance;
