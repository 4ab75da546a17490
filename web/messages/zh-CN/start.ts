import type { StartWords } from '../en/start.js';

const words: StartWords = {
  product: '引客 Yinke',
  language: { other: 'English' },
  claim: '谁带来顾客，就奖励谁',
  text: '顾客带着推广码进店，看到推广员的优惠价；购物完成后，推广员获得奖励，并收到打款。',
  doors: {
    shop: { title: '商城', text: '一家小茶铺：通过推广员的链接进店、下单，看看背后发生了什么。' },
    portal: { title: '推广员中心', text: '给推广员的手机页面：奖励从哪来、为什么，分享链接，打款记录。' },
    console: { title: '管理后台', text: '给工作人员：注册审核、规则、双人复核打款、银行回执、账务自检。' },
  },
  bankReport: '供银行回执页面导入：',
  enterAs: '以演示人物的身份进入：',
  roles: {
    merchant: '推广员',
    admin: '管理员',
    reviewer: '审核员',
    'finance-maker': '制单人',
    'finance-checker': '复核人',
    auditor: '稽核员',
  },
  links: { join: '推广员注册', docs: '接口文档', status: '运行状态' },
};

export default words;
