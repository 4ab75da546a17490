import type enPages from '../en/console-pages.js';
import books from './books-pages.js';
import home from './console/home.js';
import finance from './finance-pages.js';
import people from './people-pages.js';

const pages: typeof enPages = { home, ...people, ...finance, ...books };

export default pages;
