import type en from '../../en/portal/pending.js';

const pending: typeof en = {
  title: '待结算',
  text: '奖励已产生，待结算期结束后转入可用余额；期间如发生退款则相应扣回。',
  rest: '更早的订单',
  sum: '合计',
  none: '没有待结算的奖励。',
  orders: '查看订单',
};

export default pending;
