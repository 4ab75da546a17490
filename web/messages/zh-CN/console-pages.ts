import type enPages from '../en/console-pages.js';
import applications from './console/applications.js';
import home from './console/home.js';
import merchants from './console/merchants.js';
import books from './books-pages.js';
import finance from './finance-pages.js';

const pages: typeof enPages = { home, applications, merchants, ...finance, ...books };

export default pages;
