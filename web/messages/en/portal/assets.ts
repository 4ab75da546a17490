/** Words of the page of points and coupons. */
const assets = {
  title: 'Points and coupons',
  points: 'Points to redeem',
  soon: (count: string, days: number) => `${count} of them expire within ${days} days unless you redeem them.`,
  expires: (day: string) => `Until ${day}`,
  never: 'Without end',
  noPoints: 'You have no points at the moment.',
  coupons: 'Coupons',
  couponsText: 'The shop takes a coupon by its code.',
  noCoupons: 'You have no coupon to redeem at the moment.',
  soonCoupons: 'Expire soon',
  soonCouponsText: (days: number) => `These expire within ${days} days unless you redeem them.`,
  others: 'All coupons, also redeemed and expired ones',
};

export default assets;
