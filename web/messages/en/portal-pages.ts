import assets from './portal/assets.js';
import debts from './portal/debts.js';
import home from './portal/home.js';
import me from './portal/me.js';
import orders from './portal/orders.js';
import payouts from './portal/payouts.js';
import pending from './portal/pending.js';
import share from './portal/share.js';
import statements from './portal/statements.js';

/** Each page, or group of pages, has a file of words of its own in `portal/`. */
const pages = { home, orders, pending, share, payouts, statements, debts, assets, me };

export default pages;
