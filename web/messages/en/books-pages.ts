import audit from './console/audit.js';
import auditLog from './console/audit-log.js';
import journals from './console/journals.js';
import orders from './console/orders.js';
import rewards from './console/rewards.js';
import trialBalance from './console/trial-balance.js';

/** Words of the pages of what happened and of the books. */
const books = { audit, auditLog, journals, orders, rewards, trialBalance };

export default books;
