import type { Language } from '../../shared/asset.js';
import type { WholeExplanation } from './reward-explanation.js';
import { DAY_MS } from '../../shared/calendar.js';

/** Which merchant, and why: visit, code or name, window, touch rule. */
export function attributionWords(explanation: WholeExplanation, language: Language): string {
  const { merchantId, via, visitId, attributedAt, decision } = explanation.attribution;
  const { placedAt } = explanation;
  const english = language === 'en';
  const how = english
    ? via === 'code'
      ? 'came with the merchant’s code'
      : 'named the merchant’s WeChat ID'
    : via === 'code'
      ? '通过该微商的识别码进入'
      : '报出该微商的微信号';
  const first = english
    ? `The merchant is ${merchantId}: the shopper ${how} at ${attributedAt} (visit ${visitId}) and ordered at ${placedAt}`
    : `归属微商 ${merchantId}:顾客于 ${attributedAt} ${how}(访问 ${visitId}),${placedAt} 下单`;
  if (!decision) return english ? `${first}.` : `${first}。`;
  const { touch, windowDays, touches } = decision;
  const days = windowDays.toString();
  const until = new Date(Date.parse(attributedAt) + windowDays * DAY_MS).toISOString();
  const window = english
    ? `inside the window of ${days} days that ended at ${until}`
    : `在 ${days} 天归属窗口内(至 ${until})`;
  const choice =
    touches === 1
      ? english
        ? 'nobody else brought this shopper in that time'
        : '窗口内没有其他微商带来该顾客'
      : english
        ? `of ${touches.toString()} such visits in that time the ${touch} one counts at this storefront`
        : `窗口内共有 ${touches.toString()} 次带来顾客的访问,按本店规则以${touch === 'first' ? '首次' : '末次'}为准`;
  return english ? `${first}, ${window}; ${choice}.` : `${first},${window};${choice}。`;
}
