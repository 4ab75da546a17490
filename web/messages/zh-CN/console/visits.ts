import type en from '../../en/console/visits.js';

const visits: typeof en = {
  nav: '访问',
  title: '访问',
  text: '谁来过商城，归属哪位推广员。这里没有顾客的姓名。',
  at: '时间',
  merchant: '推广员',
  somebody: '有归属',
  nobody: '无归属',
  via: '识别方式',
  code: '推广码',
  answers: '回答次数',
  referrer: '来源页面',
  empty: '没有访问',
  emptyText: '商城上报的每次访问都会列在这里。',
};

export default visits;
