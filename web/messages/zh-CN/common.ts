import type { CommonWords } from '../en/common.js';
import { faultInChinese } from './faults.js';
import problems from './problems.js';
import states from './states.js';

const words: CommonWords = {
  product: '引客',
  language: { name: '中文', other: 'English', choose: '语言' },
  problems,
  states,
  fault: (detail) => faultInChinese(detail) ?? detail,
  problem: { requestId: '请求编号', copy: '复制', copied: '已复制', again: '重试' },
  /** What a coupon takes off. */
  couponWorth: {
    amountOff: (amount) => `立减${amount}`,
    rateOff: (rate) => `优惠${rate}`,
    atMost: (amount) => `最多${amount}`,
    from: (amount) => `满${amount}可用`,
    and: '，',
  },
  loading: '加载中…',
  none: '无',
  why: '为什么？',
  more: '更多',
  close: '关闭',
  cancel: '取消',
  save: '保存',
  back: '返回',
  signIn: '登录',
  signOut: '退出登录',
};

export default words;
