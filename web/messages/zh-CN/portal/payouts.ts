import type en from '../../en/portal/payouts.js';

const payouts: typeof en = {
  title: '打款',
  text: '向您打款的记录，最近的在前。',
  gross: '从余额扣除',
  fee: '手续费',
  sent: '实际打款',
  to: '收款账户',
  wallet: '您的微信零钱',
  since: '状态时间',
  reference: '银行流水中的编号',
  reasonCode: '银行原因代码',
  confirm: '在微信中确认收款',
  notConfirmed: '您尚未确认，该笔转账仍在等待。',
  openInWechat: '请在微信中打开本页面并确认收款。',
  empty: '还没有打款',
  emptyText: '可用余额将随下一次打款发放，届时这里会显示打款记录和银行流水编号。',
};

export default payouts;
