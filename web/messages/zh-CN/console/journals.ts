import type en from '../../en/console/journals.js';

const journals: typeof en = {
  nav: '凭证',
  title: '凭证',
  of: (id) => `${id}的凭证`,
  number: '编号',
  kind: '类型',
  description: '摘要',
  occurredAt: '发生时间',
  postedAt: '入账时间',
  postedFrom: '入账日期从',
  postedTo: '入账日期至',
  cause: '起因',
  businessKey: '业务键',
  seal: '封存',
  notSealed: '尚未封存',
  entries: '分录',
  owner: '归属',
  operator: '运营方',
  account: '科目',
  amount: '金额',
  balanceAfter: '记账后余额',
  thisMonth: '本月入账',
  counts: (journals, entries) => `${journals}张凭证，${entries}条分录`,
  exportMonth: '月份（世界时）',
  empty: '没有凭证',
  emptyText: '每次奖励、退款、打款和人工调整都会记一张凭证。',
};

export default journals;
