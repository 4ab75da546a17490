import type en from '../en/portal-pages.js';
import home from './portal/home.js';
import share from './portal/share.js';

const pages: typeof en = { home, share };

export default pages;
