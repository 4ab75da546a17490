import type en from '../../en/portal/share.js';

const share: typeof en = {
  title: '分享',
  text: '顾客通过您的链接进店，或在商城询问时填写您的微信号，即可享受优惠价；购物完成后您获得奖励。',
  link: '分享链接',
  copy: '复制链接',
  copied: '已复制',
  copyByHand: '链接已选中，请长按复制。',
  send: '分享…',
  sendText: (name) => `${name}向您推荐这家商城，打开链接即享优惠价。`,
  code: '推广码',
  qr: '分享链接的二维码',
  qrHint: '当面分享时，请顾客扫描此码。',
  product: '单个商品的网址',
  productHint: '选填：粘贴商城中某个页面的网址，链接将直接打开该页面。',
  notAnAddress: '这不是有效的网址。',
  poster: '海报',
  posterHint: '长按图片可保存或转发。',
  posterAlt: (code) => `带有分享链接二维码和推广码${code}的海报`,
  posterTitle: '专属优惠价，等您来',
  posterFrom: (name) => `${name}推荐`,
  posterScan: '扫一扫，进店选购',
  posterCode: (code) => `推广码：${code}`,
};

export default share;
