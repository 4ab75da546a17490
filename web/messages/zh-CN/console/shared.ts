import type en from '../../en/console/shared.js';

const shared: typeof en = {
  you: '您',
  system: '系统自动',
  colleague: (tail) => `同事…${tail}`,
  notAnAmount: '不是该币种的金额，请按 1234.56 的格式填写。',
  points: '积分',
  coupon: (name) => `优惠券${name}`,
  countOfPoints: (count) => `${count}积分`,
  pieces: (count, name) => `${count}张${name}`,
  findMerchant: '查找',
  noMerchant: '没有符合该姓名、推广码或微信号的推广员。',
  merchantCodeOrWechat: '姓名、推广码或微信号',
  merchant: '推广员',
  storefront: '商城',
  from: '从',
  to: '至',
  currency: '币种',
  asset: '种类',
  amount: '金额',
  state: '状态',
  forTheRecord: '永久留存备查。',
  makerReads: '制单人会看到这个原因。',
  checkerReads: '复核人会看到这个原因。',
  samePerson: '需要另一位同事处理',
  approve: '批准',
  reject: '驳回',
  print: '打印',
  remove: '移除',
  countOf: (word, count) => `${word}${count}条`,
};

export default shared;
