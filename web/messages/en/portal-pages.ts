import home from './portal/home.js';
import share from './portal/share.js';

/** Each page, or group of pages, has a file of words of its own in `portal/`. */
const pages = { home, share };

export default pages;
