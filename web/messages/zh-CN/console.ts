import type { ConsoleWords } from '../en/console.js';
import common from './common.js';
import pages from './console-pages.js';

const words: ConsoleWords = {
  ...common,
  title: '管理后台',
  skip: '跳到正文',
  menu: '菜单',
  signInForm: {
    oidc: '通过运营方统一登录',
    title: '登录管理后台',
    ended: '登录已过期，请重新登录；已填写的内容仍在。',
    email: '邮箱',
    password: '密码',
    code: '动态验证码',
    codeHint: '身份验证器中的6位数字，或一个恢复码',
  },
  invitation: {
    title: '设置密码',
    text: (email) => `账户：${email}。密码只有您本人知道，管理员也不知道。`,
    password: '密码',
    hint: '至少12个字符',
    save: '保存密码',
    done: '密码已保存，现在可以登录。',
    toSignIn: '去登录',
  },
  secondFactorFirst: {
    title: '请先开启两步验证',
    text: '运营方要求开启两步验证，完成之前无法使用后台的其他功能。',
  },
  sections: { work: '工作台', people: '人员', orders: '订单', money: '资金', books: '账务', settings: '设置' },
  notForYou: { title: '此页面不对您的角色开放', text: (roles) => `可以查看的角色：${roles}。` },
  notFound: { title: '没有这个页面', home: '回到首页' },
  list: { next: '下一页', first: '第一页', filters: '筛选', clear: '清除筛选', all: '全部', csv: '导出CSV' },
  confirm: { sure: '请确认', done: '已完成' },
  reason: '原因',
  pages,
};

export default words;
