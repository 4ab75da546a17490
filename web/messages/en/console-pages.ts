import applications from './console/applications.js';
import home from './console/home.js';
import merchants from './console/merchants.js';
import shared from './console/shared.js';
import finance from './finance-pages.js';

/** Each page, or group of pages, has a file of words of its own in `console/`. */
const pages = { home, shared, applications, merchants, ...finance };

export default pages;
