import type en from '../../en/console/find.js';

const find: typeof en = {
  title: '查找',
  text: '按完整编号查找：订单、退款、奖励、打款、银行参考号、凭证、推广码',
  placeholder: '按编号查找',
  number: '编号或推广码',
  find: '查找',
  kind: '类型',
  nothing: (number) => `没有编号为${number}的记录`,
  nothingText: '请输入完整编号。您的角色无权查看的内容也不会显示。',
  kinds: {
    adjustment: '人工调整',
    application: '注册申请',
    'bank-report': '银行回执/对账单',
    'bank-report-line': '银行明细',
    coupon: '优惠券',
    hold: '冻结',
    journal: '凭证',
    merchant: '推广员',
    order: '订单',
    'order-event': '订单事件',
    payout: '打款',
    'payout-batch': '打款批次',
    'points-lot': '积分批次',
    redemption: '核销',
    refund: '退款',
    reward: '奖励',
    storefront: '商城',
    visit: '访问',
  },
};

export default find;
