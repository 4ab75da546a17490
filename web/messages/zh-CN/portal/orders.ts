import type en from '../../en/portal/orders.js';

const orders: typeof en = {
  title: '我带来的订单',
  text: '您带来了哪些顾客，获得多少奖励，以及为什么。',
  state: '状态',
  order: (id) => `订单${id}`,
  shopper: (masked) => `顾客${masked}`,
  notYet: {
    placed: '订单完成后计算奖励。',
    completed: '正在计算奖励。',
  },
  takenBack: '已扣回',
  matures: '可用日期',
  via: '归属方式',
  attributedAt: '进店时间',
  completedAt: '完成时间',
  cancelledAt: '取消时间',
  commissionable: '计奖金额',
  refunded: '已退款给顾客',
  noneOfState: '没有这种状态的订单。',
  noneOfId: (id: string) => `您没有带来订单 ${id}。`,
  empty: '还没有订单',
  emptyText: '顾客通过您的链接进店，或说明是您介绍的，其订单、奖励和原因都会显示在这里。',
};

export default orders;
