import type en from '../../en/console/audit-log.js';

const auditLog: typeof en = {
  nav: '操作日志',
  title: '操作日志',
  text: '谁做了什么，最近的在前。记录不会被更改或删除。',
  at: '时间',
  who: '操作人',
  action: '操作',
  subject: '对象',
  detail: '详情',
  empty: '还没有任何操作',
  noneFound: '没有符合筛选条件的操作',
  subjectId: '对象编号',
  from: '来源',
};

export default auditLog;
