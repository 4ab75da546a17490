import type en from '../../en/portal/assets.js';

const assets: typeof en = {
  title: '积分与优惠券',
  points: '可用积分',
  soon: (count, days) => `其中${count}积分将在${days}天内过期，请及时核销。`,
  expires: (day) => `有效期至${day}`,
  never: '长期有效',
  noPoints: '您目前没有积分。',
  coupons: '优惠券',
  couponsText: '在商城报出券码即可核销。',
  noCoupons: '您目前没有可用的优惠券。',
  soonCoupons: '即将过期',
  soonCouponsText: (days) => `以下优惠券将在${days}天内过期，请及时核销。`,
  others: '全部优惠券（含已核销和已过期）',
};

export default assets;
