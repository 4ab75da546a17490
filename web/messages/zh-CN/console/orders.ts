import type en from '../../en/console/orders.js';

const orders: typeof en = {
  one: (number) => `订单${number}`,
  placedAt: '下单时间',
  completedAt: '完成时间',
  paid: '实付',
  shipping: '运费',
  tax: '税费',
  merchant: '推广员',
  nobody: '无人介绍',
  via: '识别方式',
  lines: '商品',
  sku: '商品',
  category: '类别',
  quantity: '数量',
  unitPrice: (currency) => `单价（${currency}）`,
  lineTotal: (currency) => `小计（${currency}）`,
  rewards: '奖励',
  noReward: '还没有奖励。',
  refunds: '退款',
  events: '订单事件',
  event: '事件',
  state: '状态',
  recordedAt: '记录时间',
  journal: '凭证',
};

export default orders;
