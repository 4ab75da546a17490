import type { PortalWords } from '../en/portal.js';
import common from './common.js';
import pages from './portal-pages.js';

const words: PortalWords = {
  ...common,
  skip: '跳到正文',
  menu: '菜单',
  tabs: { home: '首页', orders: '订单', share: '分享', payouts: '打款', me: '我的' },
  asOf: (time) => `网络暂时不可用，以下为${time}的数据。`,
  notFound: { title: '没有这个页面', home: '回到首页' },
  assets: { points: (_count, shown) => `${shown}积分`, coupons: (_count, shown) => `${shown}张优惠券` },
  list: { more: '加载更多', all: '全部', share: '去分享' },
  code: {
    label: '验证码',
    hint: '6位数字，可粘贴整条消息。',
    send: '获取验证码',
    again: '重新发送',
    againIn: (seconds) => `${seconds}秒后可重新发送`,
  },
  signInForm: {
    title: '推广员登录',
    ended: '登录已过期，请重新登录；已填写的内容仍在。',
    contact: { either: '邮箱或手机号', email: '邮箱', phone: '手机号' },
    contactHint: '请填写注册时留下的联系方式。',
    notAContact: '这不是有效的邮箱或手机号。',
    noContact: '注册时都没有填写？请联系商城，由工作人员为您代填。',
    sent: (contact) => `如果${contact}属于推广员，验证码已在发送途中。`,
    change: '换一个联系方式',
    which: '请选择以哪一位的身份登录',
    first: '您的注册申请已通过审核。此链接可登录一次，之后请用验证码登录。',
    enter: '进入',
    byCode: '改用验证码登录',
    wechat: '微信登录',
    notYet: '还不是推广员？',
    join: '立即注册',
  },
  pages,
};

export default words;
