import type enPages from '../en/console-pages.js';
import applications from './console/applications.js';
import home from './console/home.js';

const pages: typeof enPages = { home, applications };

export default pages;
