import audit from './console/audit.js';
import auditLog from './console/audit-log.js';
import figures from './console/figures.js';
import find from './console/find.js';
import journals from './console/journals.js';
import orders from './console/orders.js';
import rewards from './console/rewards.js';
import trialBalance from './console/trial-balance.js';
import visits from './console/visits.js';

/** Words of the pages of what happened and of the books. */
const books = { audit, auditLog, figures, find, journals, orders, rewards, trialBalance, visits };

export default books;
