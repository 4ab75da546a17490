/** Words of the page to share from. */
const share = {
  title: 'Share',
  text: 'Shoppers who come by your link, or name your WeChat ID when the shop asks who brought them, get your price; you are rewarded when they have bought.',
  link: 'Your link',
  copy: 'Copy the link',
  copied: 'Copied',
  copyByHand: 'The link is selected: copy it with a long press.',
  send: 'Share …',
  sendText: (name: string) => `${name} recommends this shop to you: the link has your special price.`,
  code: 'Your code',
  qr: 'QR code of your link',
  qrHint: 'Let the shopper scan it from your screen.',
  product: 'Address of one product',
  productHint: 'Optional: paste the address of a page of the shop, and the link leads there.',
  notAnAddress: 'This is not an address of a web page.',
  poster: 'Poster',
  posterHint: 'Press the picture long to save it or send it on.',
  posterAlt: (code: string) => `Poster with the QR code of your link and your code ${code}`,
  posterTitle: 'Your special price is waiting',
  posterFrom: (name: string) => `Recommended by ${name}`,
  posterScan: 'Scan the code to enter the shop',
  posterCode: (code: string) => `Merchant code: ${code}`,
};

export default share;
