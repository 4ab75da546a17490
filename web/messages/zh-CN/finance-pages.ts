import type en from '../en/finance-pages.js';
import owed from './console/owed.js';
import shared from './console/shared.js';

const finance: typeof en = { shared, owed };

export default finance;
