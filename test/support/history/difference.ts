import { MERCHANT_ACCOUNTS } from '../../../src/finance/ledger/account.js';
import type { History } from './history.js';
import { AGES, IS_OLD } from './points-model.js';
import type { Program } from './program.js';

/** What the program has, a line each. */
const BOOKS = {
  entries: `SELECT CONCAT(owner, ' ', asset, ' ', account, ' ', SUM(amount)) line FROM entry
    GROUP BY owner, asset, account HAVING SUM(amount) <> 0`,
  accounts: MERCHANT_ACCOUNTS.map(
    (account) =>
      `SELECT CONCAT(merchant_id, ' ', asset, ' ${account} ', ${account}) line FROM account WHERE ${account} <> 0`,
  ).join(' UNION ALL '),
  rewards: `SELECT CONCAT(o.order_id, ' ', r.rule_id, ' ', r.asset, ' granted ', granted, ', pending ', r.pending,
      ', held ', r.held, ', matured ', matured, ', voided ', voided, ', clawed back ', clawed_back) line
    FROM reward r JOIN shop_order o ON o.id = r.order_pk`,
  points: `SELECT CONCAT(merchant_id, ' ', age, ' ', SUM(remaining)) line FROM (SELECT merchant_id, remaining,
      IF(expires_at <= NOW(6), 'lapsed', IF(${IS_OLD}, 'old', 'young')) age FROM points_lot WHERE remaining > 0) lots
    GROUP BY merchant_id, age`,
  coupons: `SELECT CONCAT(merchant_id, ' ', state, ' ', COUNT(*)) line FROM coupon GROUP BY merchant_id, state`,
  holds: `SELECT CONCAT(merchant_id, ' ', asset, ' ', cause, ' ', amount, ' = ', remaining, ' + ', refunded, ' + ', settled,
      ' ', state) line FROM hold`,
  tally: `SELECT CONCAT(rule_id, ' ', month, ' ', volume) line FROM reward_volume WHERE volume <> 0
    UNION ALL SELECT CONCAT(rule_id, ' ', month, ' ', used) FROM reward_budget WHERE used <> 0`,
  payouts: `SELECT CONCAT(id, ' ', merchant_id, ' ', amount, ', sends ', sent_amount, ', costs ', fee, ', ', state,
      ', again ', COALESCE(retry_of, 'none')) line FROM payout`,
  batches: `SELECT CONCAT(id, ' ', state, ', first approved by ', COALESCE(first_approved_by, 'none')) line
    FROM payout_batch`,
};

/** Where the program's books are not those of the model, in words. */
export async function difference(program: Program, history: History): Promise<string[]> {
  const rows = await program.query<{ what: string; line: string }>(
    Object.entries(BOOKS)
      .map(([what, sql]) => `SELECT '${what}' what, CAST(x.line AS CHAR) line FROM (${sql}) x`)
      .join(' UNION ALL '),
  );
  const balances = history.books.lines();
  const expected: Record<keyof typeof BOOKS, string[]> = {
    entries: balances,
    accounts: balances.filter((line) => program.merchants.some((merchant) => line.startsWith(`${merchant} `))),
    rewards: history
      .rewards()
      .map(
        (r) =>
          `${r.order.orderId} ${r.rule.id} ${r.rule.asset} granted ${r.granted}, pending ${r.pending}, held ${r.held}, ` +
          `matured ${r.matured}, voided ${r.voided}, clawed back ${r.clawedBack}`,
      ),
    points: program.merchants.flatMap((merchant) =>
      AGES.flatMap((age) => {
        const remaining = history.books.points(merchant).remaining(age);
        return remaining === 0n ? [] : [`${merchant} ${age} ${remaining}`];
      }),
    ),
    coupons: program.merchants.flatMap((merchant) =>
      history.books
        .coupons(merchant)
        .lines()
        .map((line) => `${merchant} ${line}`),
    ),
    holds: history.books.holds.lines(),
    tally: history.books.tally.lines(),
    payouts: history
      .payouts()
      .map(
        ({ id, merchant, amount, sent, fee, state, retryOf }) =>
          `${id} ${merchant} ${amount}, sends ${sent}, costs ${fee}, ${state}, again ${retryOf?.id ?? 'none'}`,
      ),
    batches: history.batches.map(
      ({ id, state, firstApprovedBy }) =>
        `${id} ${state}, first approved by ${firstApprovedBy === null ? 'none' : `stf_${firstApprovedBy}`}`,
    ),
  };
  return Object.entries(expected).flatMap(([what, lines]) =>
    compare(
      what,
      rows.filter((row) => row.what === what).map((row) => row.line),
      lines,
    ),
  );
}

function compare(what: string, found: readonly string[], expected: readonly string[]): string[] {
  return [
    ...found.filter((line) => !expected.includes(line)).map((line) => `${what}: the program has ${line}`),
    ...expected.filter((line) => !found.includes(line)).map((line) => `${what}: the model has ${line}`),
  ];
}
