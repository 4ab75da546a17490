import bankReports from './console/bank-reports.js';
import owed from './console/owed.js';
import payout from './console/payout.js';
import payouts from './console/payouts.js';
import reconciliation from './console/reconciliation.js';
import shared from './console/shared.js';

/** Words of the pages about money, and of parts that many pages use. */
const finance = { shared, owed, payouts, payout, bankReports, reconciliation };

export default finance;
