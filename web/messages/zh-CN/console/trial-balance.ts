import type en from '../../en/console/trial-balance.js';

const trialBalance: typeof en = {
  nav: '试算平衡',
  title: '试算平衡表',
  asOf: '截至',
  before: '截至此刻之前入账（留空为现在）',
  account: '科目',
  balance: '余额',
  sum: '合计',
};

export default trialBalance;
