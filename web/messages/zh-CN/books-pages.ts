import type enBooks from '../en/books-pages.js';
import audit from './console/audit.js';
import auditLog from './console/audit-log.js';
import journals from './console/journals.js';
import orders from './console/orders.js';
import rewards from './console/rewards.js';
import trialBalance from './console/trial-balance.js';

const books: typeof enBooks = { audit, auditLog, journals, orders, rewards, trialBalance };

export default books;
