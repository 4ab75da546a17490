import type en from '../../en/console/rewards.js';

const rewards: typeof en = {
  nav: '奖励',
  title: '奖励',
  one: (order) => `订单${order}的奖励`,
  order: '订单',
  merchant: '推广员',
  state: '状态',
  granted: '奖励',
  pending: '待结算',
  held: '冻结',
  matured: '已结算',
  voided: '作废',
  clawedBack: '扣回',
  matures: '结算日',
  at: '时间',
  what: '发生了什么',
  amount: '金额',
  why: '为什么是这个数',
  changes: '后来的变化',
  empty: '还没有奖励',
  emptyText: '推广员带来的顾客购物完成后，奖励随即入账。',
  trail: {
    title: '资金去向',
    order: '订单',
    reward: '奖励',
    journals: '凭证',
    payout: '打款',
    bank: '银行明细',
    noJournal: '尚未入账',
    noPayout: '尚未打款',
    noLine: '银行尚未回报',
    pool: '推广员的可用余额合为一池，单笔金额进入后无法逐分追踪。',
  },
};

export default rewards;
