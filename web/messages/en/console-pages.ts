import books from './books-pages.js';
import home from './console/home.js';
import finance from './finance-pages.js';
import people from './people-pages.js';

/** Each page, or group of pages, has a file of words of its own in `console/`. */
const pages = { home, ...people, ...finance, ...books };

export default pages;
