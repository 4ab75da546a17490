const home = {
  nav: 'Today',
  title: 'Today',
};

export default home;
