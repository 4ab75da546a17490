import type en from '../../en/console/owed.js';

const owed: typeof en = {
  nav: '应付款项',
  title: '应付款项',
  text: '推广员已获得、尚未打款的奖励。',
  totals: '合计',
  totalsText: '全部推广员的合计，取自账务。',
  asset: '种类',
  waiting: '已等待',
  waitingTitle: '等待过久',
  waitingText: '可以打款、但超过约定天数仍未打款的推广员，等待最久的排在最前。',
  available: '可用余额',
  since: '可用起始时间',
  days: (days) => `${days}天`,
  nobodyWaits: '没有等待过久的推广员',
  byMerchant: '按推广员',
  byMerchantText: '每位推广员的余额，最早加入的排在最前。',
  find: '查找一位推广员',
  pendingTitle: (name) => `${name}的待结算奖励何时结算`,
  noPending: '没有待结算的奖励。',
  balancesOf: (name) => `${name}的余额`,
  noBalances: '该推广员尚未获得奖励。',
  everybody: '返回全部推广员',
  order: '订单',
  matures: '结算日期',
  noMerchants: '还没有推广员',
  payNow: '制作打款批次',
};

export default owed;
