import type en from '../../en/portal/home.js';

const home: typeof en = {
  title: '首页',
  code: '推广码',
  share: '去分享',
  money: (currency) => `${currency}余额`,
  available: '可用余额',
  availableHint: '将随下一次打款发放',
  pending: '待结算',
  held: '冻结',
  paying: '打款中',
  payingHint: '已批准，或正在发往您的收款账户',
  owed: '欠款',
  owedHint: '退款扣回的金额超过了可用余额，今后入账优先抵扣。',
  paidOut: '已打款',
  points: '积分',
  coupons: '优惠券',
  others: '积分与优惠券',
  statements: '账单',
  empty: '还没有奖励',
  emptyText: '分享您的链接：顾客通过链接进店并完成订单后，奖励就会出现在这里。',
  suspended: '您的账户已暂停：新产生的奖励将冻结，并暂停打款。',
  closed: '您的账户已关闭：不再计奖，也不再打款。',
};

export default home;
