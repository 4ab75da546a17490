import type en from '../../en/console/home.js';

const home: typeof en = {
  nav: '今天',
  title: '今天',
};

export default home;
