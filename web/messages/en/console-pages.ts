import applications from './console/applications.js';
import home from './console/home.js';
import merchants from './console/merchants.js';
import books from './books-pages.js';
import finance from './finance-pages.js';

/** Each page, or group of pages, has a file of words of its own in `console/`. */
const pages = { home, applications, merchants, ...finance, ...books };

export default pages;
