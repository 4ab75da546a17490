import type en from '../../en/portal/statements.js';

const statements: typeof en = {
  title: '账单',
  clock: (timeZone) => `月份和时间按${timeZone}时区计算。`,
  month: '月份',
  print: '打印',
  csv: '下载（CSV）',
  csvInWechat: '微信内无法保存文件，请在浏览器中打开本页下载明细（CSV）。',
  opening: '期初',
  credited: '增加',
  debited: '减少',
  closing: '期末',
  balanceAfter: '入账后余额',
  keptCoupons: '已锁定',
  entries: (count) => `${count}笔明细`,
  reading: (read, all) => `已读取${read}/${all}笔明细…`,
  notFinal: '本月尚未结束，可能还有新的明细。',
  nothing: '本月没有相关明细。',
  none: '还没有账单：尚无任何入账。',
};

export default statements;
