import type en from '../../en/console/account.js';

const account: typeof en = {
  nav: '我的账户',
  title: '我的账户',
  email: '邮箱',
  roles: '角色',
  sessionEnds: '本次登录到期',
  secondFactor: '两步验证',
  secondFactorText: '开启后，即使密码泄露也无法登录：登录还需要手机上的验证码。',
  start: '开始设置',
  scan: '请用手机上的身份验证器扫描，然后输入其显示的验证码。',
  qr: '供身份验证器扫描的二维码',
  byHand: '也可以手动输入：',
  code: '验证码',
  codeHint: '6位数字',
  confirm: '确认',
  confirmed: '两步验证已开启。',
  on: '两步验证已开启',
  onText: '如手机遗失，请先由管理员解除，再重新设置。',
};

export default account;
