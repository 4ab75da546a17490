import type { Language } from '../../shared/asset.js';
import type { WholeExplanation } from './reward-explanation.js';
import { DAY_MS } from '../../shared/calendar.js';
import { chineseTime, type Names } from './names.js';

/** Which merchant, and why: visit, code or name, window, touch rule. */
export function attributionWords(explanation: WholeExplanation, names: Names, language: Language): string {
  const { via, visitId, attributedAt, decision } = explanation.attribution;
  const { placedAt } = explanation;
  const english = language === 'en';
  const time = (at: string | number) => chineseTime(new Date(at), names.timeZone);
  const how = english
    ? via === 'code'
      ? 'came with the merchant’s code'
      : 'named the merchant’s WeChat ID'
    : via === 'code'
      ? '通过该微商的推广码进入'
      : '报出该微商的微信号';
  const first = english
    ? `The merchant is ${names.merchant}: the shopper ${how} at ${attributedAt} (visit ${visitId}) and ordered at ${placedAt}`
    : `归属微商 ${names.merchant}：顾客于 ${time(attributedAt)}（门店时区）${how}（访问 ${visitId}），${time(placedAt)} 下单`;
  if (!decision) return english ? `${first}.` : `${first}。`;
  const { touch, windowDays, touches } = decision;
  const days = windowDays.toString();
  const until = Date.parse(attributedAt) + windowDays * DAY_MS;
  const window = english
    ? `inside the window of ${days} days that ended at ${new Date(until).toISOString()}`
    : `在${days}天归属窗口内（至 ${time(until)}）`;
  const choice =
    touches === 1
      ? english
        ? 'no other merchant brought this shopper in that time'
        : '窗口内没有其他微商带来该顾客'
      : english
        ? `of ${touches.toString()} such visits in that time the ${touch} one counts at this storefront`
        : `窗口内共有${touches.toString()}次带来顾客的访问，按本店规则以${touch === 'first' ? '首次' : '末次'}为准`;
  return english ? `${first}, ${window}; ${choice}.` : `${first}，${window}；${choice}。`;
}
