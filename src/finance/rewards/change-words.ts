import type { OrderView } from '../../detection/orders/index.js';
import { JOURNAL_NAMES, type StatementEntry } from '../ledger/index.js';
import type { FirstPayout, PayoutState } from '../payouts/index.js';
import { chineseTime } from './names.js';
import type { Words } from './reward-words.js';

/** What brought a change of a reward about: which refund of which order, the end of the waiting period, a person. */
export function occasionWords(entry: Pick<StatementEntry, 'causeId' | 'kind'>, { order, events }: OrderView): Words {
  const event = events.find(({ id }) => id === entry.causeId);
  const id = order.orderId;
  if (event?.type === 'order.completed') return { en: `Order ${id} complete`, 'zh-CN': `订单 ${id} 完成` };
  if (event?.type !== 'order.refunded') return JOURNAL_NAMES[entry.kind];
  const posted = events
    .filter((other) => other.type === 'order.refunded' && other.journalId !== null)
    .sort((a, b) => ((a.journalId ?? '') < (b.journalId ?? '') ? -1 : 1));
  const number = (posted.indexOf(event) + 1).toString();
  return {
    en: `Refund ${number} (${event.refundId}) of order ${id}`,
    'zh-CN': `订单 ${id} 的第${number}笔退款（${event.refundId}）`,
  };
}

const PAYOUT_STATES_ZH: Readonly<Record<PayoutState, string>> = {
  draft: '仍是草稿',
  'awaiting-approval': '等待批准',
  approved: '已批准',
  submitting: '正在提交',
  accepted: '银行已受理',
  unknown: '结果待银行确认',
  paid: '已打款成功',
  failed: '打款失败',
  returned: '已退汇',
  cancelled: '已取消',
  rejected: '未获批准',
  withdrawn: '已撤回',
};

/** Which payout took what was available, this reward's money with it. */
export function payoutWords({ reference, state, approvedAt }: FirstPayout, timeZone: string): Words {
  return {
    en: `The first payout after it became available is ${reference}, approved at ${approvedAt.toISOString()}; it is ${state}.`,
    'zh-CN': `转入可用余额后的首笔打款为 ${reference}，于 ${chineseTime(approvedAt, timeZone)}（门店时区）批准，${PAYOUT_STATES_ZH[state]}。`,
  };
}
