import type en from '../../en/portal/debts.js';

const debts: typeof en = {
  title: '欠款',
  text: '退款扣回的金额超过了可用余额。今后入账将优先抵扣，先抵最早的一笔，您无需另行支付。',
  owed: '待抵扣',
  remaining: '尚余',
  none: '您没有欠款。',
};

export default debts;
