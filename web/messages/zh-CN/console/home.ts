import type en from '../../en/console/home.js';

const home: typeof en = {
  nav: '今天',
  title: '今天',
  waits: '待您处理',
  nothingWaits: '没有待您处理的事项。',
  moreThan: (count) => `超过${count}`,
  work: {
    'audit-findings': '账务自检发现的问题',
    'staff-changes': '待同意的员工变更',
    'unknown-payouts': '结果未知的打款',
    'payout-contradictions': '与银行不一致的打款',
    'paused-batches': '已暂停的打款批次',
    'schedule-problems': '打款计划的问题',
    'batches-to-approve': '待批准的打款批次',
    'batch-requests-to-approve': '待批准的批次变更',
    'failure-statements-to-approve': '待批准的失败说明',
    'matches-to-approve': '待批准的银行明细匹配',
    'adjustments-to-approve': '待批准的人工调整',
    'holds-to-decide': '待决定的冻结',
    'open-bank-lines': '待处理的银行明细',
    'drafted-batches': '打款批次草稿',
    'batches-to-submit': '已批准待提交的批次',
    'parked-events': '已搁置的订单事件',
    'dismissals-to-approve': '待批准的订单事件作废',
    applications: '注册申请',
    'bank-account-changes': '银行账户变更',
  },
};

export default home;
