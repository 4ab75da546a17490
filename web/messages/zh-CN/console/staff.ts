import type en from '../../en/console/staff.js';

const staff: typeof en = {
  nav: '员工',
  title: '员工',
  text: '制作打款、人工调整或冻结的人不能自己批准：必须由两位有相应角色的员工完成。',
  email: '邮箱',
  roles: '角色',
  rolesHint: '决定此人可以做什么，至少选一个。',
  secondFactor: '两步验证',
  on: '已开启',
  since: '添加时间',
  access: '登录权限',
  inactive: '已停用',
  yourself: '您本人',
  add: '添加员工',
  added: (email) => `${email}现在可以登录。`,
  password: '初始密码',
  passwordHint: '至少12个字符。请当面或通过安全方式告知本人，之后不再显示。',
  deactivate: '停用',
  deactivateTitle: (email) => `停用${email}`,
  deactivateText: '账户及其登录立即永久终止；此人的操作仍保留在操作日志中。',
  deactivated: (email) => `${email}已不能登录。`,
  removeSecondFactor: '解除',
  removeSecondFactorTitle: (email) => `解除${email}的两步验证`,
  removeSecondFactorText: '用于手机遗失。请确认是本人提出：解除后只凭密码即可登录。',
  secondFactorRemoved: (email) => `${email}在重新设置之前只凭密码登录。`,
};

export default staff;
