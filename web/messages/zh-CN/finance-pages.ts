import type en from '../en/finance-pages.js';
import owed from './console/owed.js';
import payouts from './console/payouts.js';
import shared from './console/shared.js';

const finance: typeof en = { shared, owed, payouts };

export default finance;
