/** Words of the start page. */
const words = {
  product: 'Yinke 引客',
  language: { other: '中文' },
  claim: 'Rewards for the people who bring shoppers to a shop',
  text: 'A shopper comes with a merchant’s code; the shop shows that merchant’s price; when the purchase is complete, the merchant is rewarded and paid.',
  doors: {
    shop: { title: 'Shop', text: 'A small tea shop: come by a merchant’s link, buy, and see what happens behind it.' },
    portal: {
      title: 'Portal',
      text: 'For merchants, on their phone: what came in and why, their link, their payouts.',
    },
    console: { title: 'Console', text: 'For staff: reviews, rules, payouts with four eyes, bank reports, the audit.' },
  },
  bankReport: 'For the page of bank reports:',
  enterAs: 'Enter as one of the demo’s people:',
  roles: {
    merchant: 'Merchant',
    admin: 'Admin',
    reviewer: 'Reviewer',
    'finance-maker': 'Maker',
    'finance-checker': 'Checker',
    auditor: 'Auditor',
  },
  links: { join: 'Register as a merchant', docs: 'API', status: 'Status' },
};

export default words;
export type StartWords = typeof words;
