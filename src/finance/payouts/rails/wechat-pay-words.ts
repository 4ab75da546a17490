import { waitsForPayee } from '../payout.js';
import type { PayeeWords, ToldPayout } from './payout-rail.js';

/** NoAnswerFromCustomer and RequestedByCustomer of ISO 20022: nothing is wrong with the payee. */
export const NOT_CONFIRMED = 'NOAS';
export const CANCELLED = 'CUST';

const WAITS = {
  'zh-CN': '请在微信中确认收款，确认后款项才会转出。',
  en: 'Please confirm the transfer in WeChat; it is paid once you have.',
};
const OVERDUE = {
  'zh-CN': '您未在规定时间内确认收款，款项已退回您的可用余额，将随下一批打款重新发出。',
  en: 'You did not confirm the transfer in time. The money is back on your balance and will be sent again with the next batch.',
};
const WAS_CANCELLED = {
  'zh-CN': '转账在您确认前已撤销，款项已退回您的可用余额，将随下一批打款重新发出。',
  en: 'The transfer was cancelled before you confirmed it. The money is back on your balance and will be sent again with the next batch.',
};

/** What its payee has to know or do about a transfer that needs their agreement; null: nothing. */
export function wechatPayWords(payout: ToldPayout): PayeeWords | null {
  if (waitsForPayee(payout)) return WAITS;
  if (payout.state !== 'failed') return null;
  if (payout.reasonCode === NOT_CONFIRMED) return OVERDUE;
  return payout.reasonCode === CANCELLED ? WAS_CANCELLED : null;
}
