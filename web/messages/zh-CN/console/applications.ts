import type en from '../../en/console/applications.js';

const applications: typeof en = {
  nav: '注册审核',
  title: '注册申请',
  state: '状态',
  wechatId: '微信号',
  name: '姓名',
  submittedAt: '提交时间',
  phone: '电话',
  email: '邮箱',
  bankAccount: '银行账户',
  code: '推广码',
  group: '分组',
  groupHint: '价格规则和奖励规则可以按分组设置；留空表示不分组。',
  approve: '通过',
  approveTitle: (name) => `通过${name}的申请`,
  approved: (name, code) => `${name}已通过审核，推广码是${code}。`,
  reject: '驳回',
  rejectTitle: (name) => `驳回${name}的申请`,
  rejectHint: '申请人会看到这个原因。',
  rejected: (name) => `${name}的申请已驳回。`,
  empty: '没有待审核的申请',
  emptyText: '在注册页面提交的申请会出现在这里。',
  register: '打开注册页面',
};

export default applications;
