import type { FinanceErrorCode } from '../../finance/index.js';
import type { Problem } from './problem.js';

export const financeProblems = {
  'reward-rule.not-found': { status: 404, title: 'No such reward rule' },
  'reward-rule.ended': { status: 409, title: 'The reward rule has ended' },
  'reward-rule.version-exists': { status: 409, title: 'The rule has a version from that moment on' },
  'reward.not-found': { status: 404, title: 'No such reward' },
  'adjustment.not-found': { status: 404, title: 'No such adjustment' },
  'adjustment.same-person': { status: 409, title: 'Maker and checker are two people' },
  'adjustment.wrong-state': { status: 409, title: 'The adjustment is already decided' },
  'redemption.conflict': { status: 409, title: 'The redemption exists with other content' },
  'ledger.insufficient-funds': { status: 409, title: 'Not enough is available' },
  'payout.batch-not-found': { status: 404, title: 'No such payout batch' },
  'payout.wrong-state': { status: 409, title: 'Not possible in the state of the batch' },
  'payout.empty-batch': { status: 409, title: 'The batch pays nobody' },
  'payout.same-person': { status: 409, title: 'Maker and checker are two people' },
  'payout.approval-void': { status: 409, title: 'The content is not what was approved' },
  'payout.stale': { status: 409, title: 'Merchants changed since the draft' },
  'payout.insufficient-funds': { status: 409, title: 'Less is available than was drafted' },
  'payout.rail-not-available': { status: 422, title: 'The rail is not available' },
  'payout.no-platform-account': { status: 409, title: 'The operator has no account in this currency' },
  'payout.no-file': { status: 404, title: 'The batch has no file' },
  'payout.notification-refused': { status: 401, title: 'Not a notification that can be believed' },
  'payout.notification-unknown': { status: 404, title: 'No such transfer' },
  'payout.no-wechat-payee': { status: 404, title: 'The merchant has no WeChat wallet' },
  'bank-report.unreadable': { status: 422, title: 'Not a bank report that can be read' },
  'audit.none-yet': { status: 404, title: 'There has been no audit yet' },
} satisfies Record<FinanceErrorCode, Problem>;
