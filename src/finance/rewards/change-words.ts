import type { OrderView } from '../../detection/index.js';
import { kindWords } from '../statements/entry-words.js';
import type { FirstPayout, StatementEntry } from '../statements/statement.repository.js';
import type { Words } from './reward-words.js';

/** What brought a change of a reward about: which refund of which order, the end of the hold, a person. */
export function occasionWords(entry: Pick<StatementEntry, 'causeId' | 'kind'>, { order, events }: OrderView): Words {
  const event = events.find(({ id }) => id === entry.causeId);
  const id = order.orderId;
  if (event?.type === 'order.completed') return { en: `Order ${id} complete`, 'zh-CN': `订单 ${id} 完成` };
  if (event?.type !== 'order.refunded') return kindWords(entry.kind);
  const posted = events
    .filter((other) => other.type === 'order.refunded' && other.journalId !== null)
    .sort((a, b) => ((a.journalId ?? '') < (b.journalId ?? '') ? -1 : 1));
  const number = (posted.indexOf(event) + 1).toString();
  return {
    en: `Refund ${number} (${event.refundId}) of order ${id}`,
    'zh-CN': `订单 ${id} 的第 ${number} 笔退款(${event.refundId})`,
  };
}

/** Which payout took what was available, this reward's money with it. */
export function payoutWords({ reference, state, approvedAt }: FirstPayout): Words {
  const at = approvedAt.toISOString();
  return {
    en: `The first payout after it became available is ${reference}, approved at ${at}; it is ${state}.`,
    'zh-CN': `转为可用后的首笔付款为 ${reference},于 ${at} 批准,状态 ${state}。`,
  };
}
