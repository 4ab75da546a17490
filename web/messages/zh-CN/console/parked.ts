import type en from '../../en/console/parked.js';

const parked: typeof en = {
  nav: '搁置的订单事件',
  title: '未入账的订单事件',
  text: '已收到、资金尚未随之变动的订单完成与退款。',
  none: '全部订单事件均已入账',
  noneText: '无法入账的订单事件搁置在这里，待原因消除后重试。',
  order: '订单',
  type: '事件',
  recorded: '接收时间',
  error: '未能入账的原因',
  attempts: '尝试次数',
  requeue: '重试',
  requeued: '正在重试。',
  dismissal: '作废',
  dismiss: '申请作废…',
  dismissTitle: '申请作废该事件？',
  dismissText: '作废后不再入账，资金不会变动，须由另一人批准。',
  dismissAsked: '已提交，等待另一人批准。',
  askedBy: '申请人',
  because: (reason) => `“${reason}”`,
  agreedBy: '批准人',
  approve: '批准作废',
  approved: '该事件已作废。',
  reject: '驳回',
  rejected: '该事件仍为搁置。',
  refund: (id) => `退款${id}`,
};

export default parked;
