// @ts-check
import { say, shown } from '../scripts/lib/say.mjs';
import { bold, dim, green, grouped, money, red, table, wrap } from './layout.mjs';
import { WAYS } from './plan.mjs';
import { COUPON } from './rules.mjs';

/** @typedef {import('./plan.mjs').Way} Way */
/** @typedef {import('./proof.mjs').Account} Account */
/** @typedef {import('./proof.mjs').Tally} Tally */
/** @typedef {import('./rules.mjs').Merchant} Merchant */

/**
 * @typedef {object} Outcome
 * @property {string} currency
 * @property {readonly Merchant[]} merchants
 * @property {ReadonlyMap<import('./plan.mjs').Plan, any>} orders
 * @property {Account} account
 * @property {import('./proof.mjs').Ledger} ledger
 * @property {import('./payout.mjs').Payment[]} payments
 * @property {string[]} disagreements
 * @property {any} audit
 * @property {import('./forgery.mjs').Found} forgery
 * @property {number} seconds
 */

const COLUMNS = 98;
const TOP = 3;

/** What happened, on one screen. @param {Outcome} outcome */
export function sayOutcome(outcome) {
  const sections = [comings(outcome), earners(outcome), explained(outcome), moneyTable(outcome), payments(outcome)];
  for (const [title, ...lines] of sections) say(['', `  ${bold(title ?? '')}`, ...lines].join('\n'));
  say(['', ...verdict(outcome)].join('\n'));
}

/** Decimals of a currency. @param {string} currency */
export function decimalsOf(currency) {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** @param {Tally} tally @param {string} asset what is left of the rewards after refunds */
function net({ assets }, asset) {
  const { granted, reversed } = assets.get(asset) ?? { granted: 0n, reversed: 0n };
  return granted - reversed;
}

/** @param {Outcome} outcome */
function comings({ account, currency }) {
  const cash = (/** @type {bigint} */ amount) => money(amount, decimalsOf(currency));
  const row = (/** @type {string} */ name, /** @type {Tally} */ tally) => {
    const coupons = net(tally, COUPON);
    const rewards = [cash(net(tally, currency)), grouped(net(tally, 'POINTS')), grouped(coupons)];
    return [name, grouped(tally.orders), cash(tally.paid), ...(tally.assets.size > 0 ? rewards : ['–', '–', '–'])];
  };
  const rows = Object.entries(WAYS).flatMap(([way, name]) => {
    const tally = account.byWay.get(/** @type {Way} */ (way));
    return tally ? [row(name, tally)] : [];
  });
  const header = ['', 'orders', `paid ${currency}`, `reward ${currency}`, 'points', 'coupons'].map(dim);
  return [
    'How the shoppers came 顾客来源',
    ...table([header, ...rows, row('total 合计', account.all)], 'lrrrrr', '    '),
  ];
}

/** Merchants by what they earned. @param {Outcome} outcome */
function ranking({ account, merchants, currency }) {
  return merchants
    .flatMap((merchant) => {
      const tally = account.byMerchant.get(merchant.id);
      return tally ? [{ merchant, tally }] : [];
    })
    .sort((a, b) => Number(net(b.tally, currency) - net(a.tally, currency)));
}

/** @param {Outcome} outcome */
function earners(outcome) {
  const { currency } = outcome;
  const decimals = decimalsOf(currency);
  const rows = ranking(outcome)
    .slice(0, TOP)
    .map(({ merchant, tally }) => [
      merchant.displayName,
      merchant.code,
      merchant.group ?? '–',
      grouped(tally.orders),
      money(tally.paid, decimals),
      money(net(tally, currency), decimals),
      grouped(net(tally, 'POINTS')),
      grouped(net(tally, COUPON)),
    ]);
  const header = ['', 'code', 'group', 'orders', `paid ${currency}`, `reward ${currency}`, 'points', 'coupons'].map(
    dim,
  );
  return ['Who earned most 收入最高', ...table([header, ...rows], 'lllrrrrr', '    ')];
}

/**
 * The largest cash reward of who earned most, in the service's own words; one that shows a rounding if there is one.
 * @param {Outcome} outcome
 */
function explained(outcome) {
  const best = ranking(outcome)[0]?.merchant;
  const rounded = (/** @type {any} */ { explanation }) => Number(explanation.arithmetic.exact.includes('/'));
  const found = [...outcome.orders.values()]
    .filter(({ attribution }) => best && attribution?.merchant === best.id)
    .flatMap(({ orderId, rewards }) => rewards.map((/** @type {any} */ reward) => ({ orderId, reward })))
    .filter(({ reward }) => reward.asset === outcome.currency)
    .sort(({ reward: a }, { reward: b }) => rounded(b) - rounded(a) || b.granted - a.granted)[0];
  if (!best || !found) return ['Nobody earned anything 无人获得奖励'];
  const { words } = found.reward;
  return [
    `Why ${best.displayName} earned that on order ${found.orderId} 奖励说明`,
    ...wrap(words.en, COLUMNS, '    '),
    ...wrap(words['zh-CN'], COLUMNS, '    '),
  ];
}

/** The ledger's accounts, and what people call them. */
const PLACES_OF_MONEY = {
  pending: 'pending',
  available: 'available',
  reserved: 'reserved',
  held: 'held',
  owed: 'owed',
  'in-transit': 'with the bank',
  bank: 'paid out',
  redeemed: 'used',
  expired: 'expired',
};

/** Shown only when there is something there. */
const RARE = new Set(['reserved', 'held', 'owed', 'expired', 'redeemed']);

/** @param {Outcome} outcome */
function moneyTable({ account, ledger, currency }) {
  const rank = (/** @type {string} */ asset) => [currency, 'POINTS', asset].indexOf(asset);
  const assets = [...account.all.assets].sort(([a], [b]) => rank(a) - rank(b));
  const columns = Object.entries(PLACES_OF_MONEY).filter(
    ([name]) => !RARE.has(name) || assets.some(([asset]) => ledger.balance(asset, name) !== 0n),
  );
  const rows = assets.map(([asset, { granted, reversed }]) => {
    const shownAs = (/** @type {bigint} */ amount) => money(amount, asset === currency ? decimalsOf(currency) : 0);
    const balances = columns.map(([name]) => shownAs(ledger.balance(asset, name)));
    return [asset, shownAs(granted), shownAs(-reversed), '=', ...balances];
  });
  const header = ['', 'granted', 'reversed', '', ...columns.map(([, name]) => name)].map(dim);
  return ['Where the rewards are 奖励去向', ...table([header, ...rows], `lrrl${'r'.repeat(columns.length)}`, '    ')];
}

/** What people call the states of payouts that were sent and not refused. */
const OUTCOMES = { 'paid out': ['paid'], 'still with the bank': ['submitting', 'accepted', 'unknown'] };

/** @param {Outcome} outcome */
function payments({ payments: batches, currency, merchants }) {
  const cash = (/** @type {bigint} */ amount) => `${money(amount, decimalsOf(currency))} ${currency}`;
  const names = new Map(merchants.map(({ id, displayName }) => [id, displayName]));
  const lines = batches.flatMap(({ rail, payouts, skipped, file }) => {
    const total = (/** @type {any[]} */ some) => cash(some.reduce((sum, { amount }) => sum + BigInt(amount), 0n));
    const failed = payouts.filter(({ state }) => state === 'failed');
    const returned = payouts.filter(({ state }) => state === 'returned');
    const parts = [
      ...Object.entries(OUTCOMES).flatMap(([name, states]) => {
        const some = payouts.filter(({ state }) => states.includes(state));
        return some.length === 0 ? [] : [`${some.length} ${name}, ${total(some)}`];
      }),
      ...failed.map(({ amount, merchant }) => `${names.get(merchant)} refused, ${cash(BigInt(amount))} came back`),
      ...returned.map(({ amount, merchant }) => `${names.get(merchant)} sent back, ${cash(BigInt(amount))}`),
    ];
    const leftOut = reasons(skipped, names).join(' · ');
    const more = [...(file ? [shown(file)] : []), ...(leftOut === '' ? [] : [leftOut])];
    return [`${rail.padEnd(14)} ${parts.join(' · ')}`, ...more.map((line) => `${' '.repeat(14)} ${line}`)];
  });
  return ['Payouts 打款', ...lines.map((line) => `    ${line}`)];
}

/**
 * Why merchants were left out: by name, or counted where they are many.
 * @param {{ merchant: string, reason: string }[]} skipped
 * @param {Map<string, string>} names
 */
function reasons(skipped, names) {
  return [...new Set(skipped.map(({ reason }) => reason))].map((reason) => {
    const some = skipped.filter((skip) => skip.reason === reason).map(({ merchant }) => names.get(merchant));
    return `skipped ${some.length > 2 ? some.length : some.join(', ')}: ${reason.replaceAll('-', ' ')}`;
  });
}

/** @param {Outcome} outcome */
function verdict({ account, currency, disagreements, audit, forgery, seconds }) {
  const mark = (/** @type {boolean} */ good) => (good ? green('✓') : red('✗'));
  const lines = [];
  const paid = `${money(account.all.paid, decimalsOf(currency))} ${currency}`;
  if (disagreements.length === 0) {
    const rewards = [...account.all.assets.values()].reduce((sum, { rewards: count }) => sum + count, 0);
    lines.push(
      `  ${mark(true)} every cent explained 分毫可溯: ${paid} paid = the file and one exchange; ${grouped(rewards)} rewards = the ledger`,
    );
  }
  for (const sentence of disagreements.slice(0, 5)) lines.push(`  ${mark(false)} ${sentence}`);
  const failed = audit.items.filter((/** @type {any} */ { count }) => count > 0);
  lines.push(
    `  ${mark(audit.clean)} audit 账务自检: ${audit.items.length} invariants, ${audit.clean ? 'nothing found' : `${failed.length} broken`} ${dim(`(${seconds.toFixed(0)} s in all)`)}`,
  );
  const forged = 'skipped' in forgery ? `skipped, ${forgery.skipped}` : `found, ${forgery.found.join('; ')}`;
  lines.push(`  ${mark('found' in forgery)} forged copy 伪造副本: ${forged}`);
  for (const { invariant, title, count } of failed) lines.push(`    ${red(`${invariant} ${title}: ${count}`)}`);
  return lines;
}

/**
 * The last lines: the one address that leads everywhere, and what does not stand there.
 * @param {{ start: string, service: string, credentialsFile: string, bankReport: string }} places
 */
export function sayPlaces({ start, service, credentialsFile, bankReport }) {
  const rows = [
    ['Queues 队列', `${service}/queues`, 'Passwords 密码', shown(credentialsFile)],
    ['API 接口', `${service}/docs`, 'Bank report 银行回执', shown(bankReport)],
  ];
  const more = table(
    rows.map((row) => row.map((cell, column) => (column % 2 === 0 ? dim(cell) : cell))),
    'llll',
  );
  say(
    ['', `  ${bold(`Open 打开  ${start}`)}  ${dim('shop, portal and console · Ctrl-C stops it')}`, ...more].join('\n'),
  );
}
