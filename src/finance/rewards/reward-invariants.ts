import { OPERATOR, overHistory, type SqlInvariant } from '../ledger/index.js';

/** What is always true of rewards, adjustments and redemptions. `lateSeconds`: a sweep must be over by then. */
export function rewardInvariants(lateSeconds: number): readonly SqlInvariant[] {
  return [
    {
      invariant: 5,
      title: 'a reward’s parts add up, and no more is taken back than there was',
      ...overHistory(
        (of) => `
        SELECT CONCAT(id, ' granted ', granted) offender FROM ${of.reward} r
        WHERE granted <> pending + held + matured + voided OR clawed_back > matured
          OR pending < 0 OR held < 0 OR matured < 0 OR voided < 0 OR clawed_back < 0`,
      ),
    },
    {
      invariant: 5,
      title: 'a reward is what its entries say',
      ...overHistory(
        (of) => `
        SELECT CONCAT(r.id, ' is not what its entries say') offender FROM ${of.reward} r
        WHERE (r.pending, r.held, r.clawed_back + r.voided - r.granted) <> (
          SELECT COALESCE(SUM(IF(e.account = 'pending', e.amount, 0)), 0),
            COALESCE(SUM(IF(e.account = 'held', e.amount, 0)), 0),
            COALESCE(SUM(IF(e.account = 'reward-cost', e.amount, 0)), 0)
          FROM entry e WHERE e.reward_id = r.id)
        UNION ALL
        SELECT DISTINCT CONCAT(e.reward_id, ' is gone, or of another merchant or asset')
        FROM ${of.entry} e LEFT JOIN reward r ON r.id = e.reward_id
        WHERE e.reward_id IS NOT NULL
          AND (r.id IS NULL OR e.asset <> r.asset OR e.owner NOT IN (r.merchant_id, '${OPERATOR}'))`,
      ),
    },
    {
      invariant: 5,
      title: 'a reward’s state is what its parts say',
      ...overHistory(
        (of) => `
        SELECT CONCAT(id, ' is ', state) offender FROM ${of.reward} r
        WHERE state <> CASE WHEN pending > 0 THEN 'pending' WHEN held > 0 THEN 'held' WHEN matured = 0 THEN 'void'
          WHEN clawed_back = 0 THEN 'matured' WHEN clawed_back < matured THEN 'partly-reversed' ELSE 'reversed' END`,
      ),
    },
    {
      invariant: 6,
      title: 'a merchant’s pending balance is the sum of their pending rewards',
      sql: `
        SELECT CONCAT(x.merchant_id, ' ', x.asset, ' is off by ', SUM(x.amount)) offender FROM (
          SELECT merchant_id, asset, pending amount FROM account WHERE pending <> 0
          UNION ALL SELECT merchant_id, asset, -pending FROM reward WHERE state = 'pending'
        ) x GROUP BY x.merchant_id, x.asset HAVING SUM(x.amount) <> 0`,
    },
    {
      invariant: 8,
      title: 'nothing is pending past its maturity',
      sql: `
        SELECT CONCAT(id, ' was due at ', COALESCE(mature_at, 'no time')) offender FROM reward
        WHERE state = 'pending' AND (mature_at IS NULL OR mature_at < CURRENT_TIMESTAMP(6) - INTERVAL ${lateSeconds.toString()} SECOND)`,
    },
    {
      invariant: 12,
      title: 'who approved an adjustment did not make it, and every approved one has its journal',
      sql: `
        SELECT a.id offender FROM adjustment a LEFT JOIN journal j ON j.business_key = CONCAT('adjustment:', a.id)
        WHERE a.decided_by = a.made_by OR (a.state = 'approved') <> (j.id IS NOT NULL)
          OR NOT (a.journal_id <=> j.id) OR (a.state = 'awaiting-approval') <> (a.decided_by IS NULL)`,
    },
  ];
}
