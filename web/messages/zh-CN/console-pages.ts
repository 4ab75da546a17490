import type enPages from '../en/console-pages.js';
import applications from './console/applications.js';
import home from './console/home.js';
import merchants from './console/merchants.js';
import shared from './console/shared.js';
import finance from './finance-pages.js';

const pages: typeof enPages = { home, shared, applications, merchants, ...finance };

export default pages;
