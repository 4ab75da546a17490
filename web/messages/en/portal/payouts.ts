/** Words of the page of payouts. */
const payouts = {
  title: 'Payouts',
  text: 'What was sent to you, the latest first.',
  gross: 'From your balance',
  fee: 'Fee',
  sent: 'Sent',
  to: 'To',
  wallet: 'Your WeChat wallet',
  since: 'Since',
  reference: 'Reference in the bank’s statement',
  reasonCode: 'The bank’s reason',
  confirm: 'Receive it in WeChat',
  notConfirmed: 'You have not agreed yet; the transfer goes on waiting for you.',
  openInWechat: 'Open this page in WeChat to receive the transfer.',
  empty: 'Nothing paid out yet',
  emptyText: 'Your available balance goes out with the next payout; it will be listed here with the bank’s reference.',
};

export default payouts;
