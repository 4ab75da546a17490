import type en from '../../en/console/audit.js';

const audit: typeof en = {
  nav: '账务自检',
  title: '账务自检',
  text: '账上任何时候都必须成立的事。每条语句查找违反它的记录，一行也查不到才算成立。',
  run: '立即自检',
  clean: '全部成立',
  notClean: '有不成立的项目',
  askedAt: '手动自检，账目截至',
  scheduledAt: '定时自检，账目截至',
  progress: (checked, of) => `自检进行中：${checked}/${of}`,
  invariants: '自检项目',
  holds: (parts) => (parts === 1 ? '成立' : `${parts}项全部成立`),
  broken: (count) => `${count}条记录违反`,
  took: (ms) => `成立，用时${ms}毫秒`,
  seal: '封存',
  sealText: '凭证用密钥逐张串联成链。请把链头另存到数据库之外：此后链头之前的任何改动都会留下痕迹。',
  head: '链头',
  sealedUntil: '已封存至',
  checked: '上次核验的凭证',
  altered: '被改动、删除或插入',
};

export default audit;
