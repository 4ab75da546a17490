import type { Schema } from '../../api/types.js';
import type { operations } from '../../api/schema.js';

/** For each value: the word that the page shows, and one sentence that explains it. */
export type Words<Value extends string> = Record<Value, readonly [word: string, explanation: string]>;

/** Of what the API's document calls a text: the values there are today; a page shows another one as it is. */
export type OpenWords<Known extends string> = Words<Known> & Partial<Words<string>>;

type LineResult = NonNullable<NonNullable<operations['listBankReportLines']['parameters']['query']>['result']>;

/** What a merchant sees of a payout. */
type MerchantPayoutState =
  'approved' | 'submitting' | 'accepted' | 'unknown' | 'paid' | 'failed' | 'returned' | 'withdrawn';

type JournalKind =
  | 'reward'
  | 'maturity'
  | 'refund'
  | 'adjustment'
  | 'payout-reserved'
  | 'payout-cancelled'
  | 'payout-submitted'
  | 'payout-paid'
  | 'payout-failed'
  | 'payout-returned'
  | 'payout-charged'
  | 'payout-withdrawn'
  | 'redemption'
  | 'redemption-reversed'
  | 'expiry'
  | 'coupon-reserved'
  | 'coupon-released'
  | 'coupon-revoked'
  | 'hold'
  | 'release'
  | 'void';

type CauseType = 'order-event' | 'reward' | 'adjustment' | 'payout' | 'redemption' | 'hold' | 'points-lot' | 'coupon';

type Account =
  | 'pending'
  | 'available'
  | 'reserved'
  | 'held'
  | 'owed'
  | 'reward-cost'
  | 'adjustment'
  | 'fees'
  | 'in-transit'
  | 'bank'
  | 'redeemed'
  | 'expired';

type PointsPart = 'issued' | 'remaining' | 'redeemed' | 'expired' | 'taken-back';

type ReportKind = 'pain.002' | 'camt.053' | 'camt.054';

/** What each state and kind is called, and what it means. */
const states = {
  order: {
    placed: ['Placed', 'The shopper has ordered; the purchase is not complete yet.'],
    completed: ['Completed', 'The purchase is complete, and a reward is due where a rule covers it.'],
    cancelled: ['Cancelled', 'The purchase will not happen, so there is no reward.'],
  } satisfies Words<Schema<'OrderDto'>['state']>,
  orderEvent: {
    waiting: ['Waiting', 'It will be posted in a moment.'],
    posted: ['Posted', 'The money has followed it.'],
    kept: ['Early refund', 'A refund that came before the order was complete; it is posted after the completion.'],
    parked: ['Parked', 'It could not be posted and waits for the next attempt or a person.'],
    dismissed: ['Dismissed', 'Two people said that it is never posted; no money moved.'],
  } satisfies Words<Schema<'OrderEventDto'>['state']>,
  orderEventType: {
    'order.completed': ['Completion', 'The purchase was completed.'],
    'order.refunded': ['Refund', 'The storefront gave money back to the shopper.'],
  } satisfies Words<Schema<'OrderEventDto'>['type']>,
  orderEventOutcome: {
    journal: ['Journal', 'It moved money or other assets; the journal shows what.'],
    nothing: ['No effect', 'There was nothing to post; the reason is beside it.'],
  } satisfies Words<NonNullable<Schema<'OrderEventDto'>['outcome']>>,
  via: {
    code: ['Merchant code', 'The shopper came with the merchant’s code.'],
    referrer: ['Named', 'The shopper named the merchant when asked.'],
  } satisfies Words<Schema<'OrderAttributionDto'>['via']>,
  codeStatus: {
    known: ['Known code', 'The visit carried the code of an active merchant.'],
    unknown: ['Unknown code', 'The visit carried a code of no active merchant.'],
    absent: ['No code', 'The visit carried no merchant code.'],
  } satisfies Words<Schema<'VisitDto'>['codeStatus']>,
  question: {
    referrer: ['Who brought you?', 'The shopper is asked whether a merchant brought them, and which.'],
  } satisfies Words<Schema<'AskDto'>['question']>,
  touch: {
    first: ['First touch', 'The merchant of the first visit in the attribution window counts.'],
    last: ['Last touch', 'The merchant of the last visit in the attribution window counts.'],
  } satisfies Words<Schema<'StorefrontDto'>['touch']>,

  reward: {
    pending: ['Pending', 'Earned; it becomes available when the waiting period is over.'],
    held: ['On hold', 'Kept back pending review.'],
    matured: ['Matured', 'The waiting period is over; it counts towards the available balance.'],
    'partly-reversed': ['Partly clawed back', 'A part was taken back after it had matured.'],
    reversed: ['Clawed back', 'All of it was taken back after it had matured.'],
    void: ['Void', 'Taken back before it matured.'],
  } satisfies Words<Schema<'RewardDto'>['state']>,
  posting: {
    direct: ['Direct', 'Available as soon as it is posted.'],
    pending: ['Pending first', 'Available when the waiting period is over; refunds in it take the reward back.'],
  } satisfies Words<Schema<'RewardDto'>['posting']>,
  grant: {
    percent: ['Percentage', 'A share of the commissionable amount.'],
    fixed: ['Fixed amount', 'The same amount for each order.'],
    'per-amount': ['Per amount', 'Points for every full amount that is paid.'],
    tiered: ['Tiered', 'A share that depends on the month’s volume.'],
  } satisfies Words<Schema<'GrantDto'>['kind']>,
  tierMode: {
    marginal: ['Marginal', 'Each tier’s rate applies to its own part of the month’s volume.'],
    whole: ['Whole', 'The rate of the tier reached applies to all of the month’s volume.'],
  } satisfies Words<NonNullable<Schema<'GrantDto'>['mode']>>,
  priceRule: {
    'percent-off': ['Percent off', 'A share is taken off the list price.'],
    'amount-off': ['Amount off', 'A fixed amount is taken off the list price.'],
    'fixed-price': ['Fixed price', 'The unit has this price, whatever its list price.'],
  } satisfies Words<Schema<'PriceRuleDto'>['kind']>,
  /** Of rules and templates, by their dates. */
  validity: {
    planned: ['Planned', 'It takes effect later.'],
    current: ['In effect', 'It applies now.'],
    ended: ['Ended', 'It no longer applies to anything new.'],
  } satisfies Words<'planned' | 'current' | 'ended'>,

  merchant: {
    active: ['Active', 'Visits are attributed, rewards are earned, and payouts are made.'],
    suspended: ['Suspended', 'Nothing new is attributed; what is earned goes on hold, and nothing is paid out.'],
    closed: ['Closed', 'Closed for good; nothing is attributed, earned or paid out.'],
  } satisfies Words<Schema<'MerchantDto'>['state']>,
  application: {
    pending: ['In review', 'Waiting for a reviewer.'],
    approved: ['Approved', 'The applicant is a merchant and has a merchant code.'],
    rejected: ['Rejected', 'Turned down; the reason is beside it, and the WeChat ID may apply again.'],
  } satisfies Words<Schema<'ApplicationDto'>['state']>,
  bankAccount: {
    current: ['In use', 'Payouts go to this account.'],
    pending: ['In review', 'Waiting for a reviewer; until then payouts go to the account before.'],
    rejected: ['Rejected', 'Turned down; the account before stays in use.'],
    replaced: ['Replaced', 'Another account has taken its place.'],
  } satisfies Words<Schema<'BankAccountDto'>['state']>,
  bankAccountWarning: {
    'bic-of-another-country': [
      'BIC of another country',
      'The bank’s BIC is not of the account’s country; that may be right, so look before you approve.',
    ],
  } satisfies Words<Schema<'BankAccountDto'>['warnings'][number]['code']>,

  batch: {
    draft: ['Draft', 'The maker is still preparing it; nothing is reserved.'],
    'awaiting-approval': ['Waiting', 'A checker has to approve or reject it.'],
    approved: ['Approved', 'The money is reserved, and the batch can be submitted.'],
    submitted: ['Sent', 'Sent to the bank; some of its payouts have no outcome yet.'],
    completed: ['Completed', 'Every payout of it has its outcome.'],
    rejected: ['Rejected', 'A checker turned it down; nothing was reserved.'],
    cancelled: ['Cancelled', 'Stopped before it was sent; what was reserved is available again.'],
    withdrawn: ['Withdrawn', 'Its file never reached the bank; the money is the merchants’ again.'],
  } satisfies Words<Schema<'PayoutBatchDto'>['state']>,
  batchPause: {
    'top-up': ['Top up', 'The operator’s account at the rail lacks money; top it up and resume the batch.'],
    operator: ['Set-up fault', 'The operator’s set-up at the rail is at fault; mend it and resume the batch.'],
  } satisfies Words<Schema<'BatchPauseDto'>['cause']>,
  payout: {
    draft: ['Draft', 'In a batch that is still being prepared; nothing is reserved.'],
    'awaiting-approval': ['Waiting', 'In a batch that a checker has to approve or reject.'],
    approved: ['Approved', 'The money is reserved; it has not been sent.'],
    submitting: ['Sent', 'On its way to the bank, which has not answered yet.'],
    accepted: ['Accepted', 'The bank has taken it and has not paid it yet.'],
    unknown: ['Unknown', 'The bank has not named the outcome; it is asked again.'],
    paid: ['Paid', 'The bank has paid it.'],
    failed: ['Failed', 'It was not paid; the money is available again, or on hold if the account is wrong.'],
    returned: ['Returned', 'It was paid and sent back by the bank; the money is on hold.'],
    cancelled: ['Cancelled', 'It was not sent: its batch was cancelled, or its merchant stopped meanwhile.'],
    rejected: ['Rejected', 'A checker turned its batch down.'],
    withdrawn: ['Withdrawn', 'It never reached the bank; the money is the merchant’s again.'],
  } satisfies Words<Schema<'PayoutDto'>['state']>,
  /** The same, as a merchant reads it. */
  merchantPayout: {
    approved: ['Approved', 'It will be sent to your account soon.'],
    submitting: ['Sent', 'On its way to the bank.'],
    accepted: ['Accepted', 'The bank has taken it and will pay it.'],
    unknown: ['In progress', 'The bank has not told the outcome yet.'],
    paid: ['Paid', 'The money was paid to your account.'],
    failed: ['Failed', 'It was not paid; the money is still yours, and on hold if your account is wrong.'],
    returned: ['Returned', 'The bank sent it back; the money is on hold until it is reviewed.'],
    withdrawn: ['Withdrawn', 'It never reached the bank; the money is yours again.'],
  } satisfies Words<MerchantPayoutState> as OpenWords<MerchantPayoutState>,
  payoutWarning: {
    'no-town': ['No town', 'The holder’s town is missing; the payee’s bank may ask for an address.'],
  } satisfies Words<Schema<'PayoutWarningDto'>['code']>,
  payoutRequestKind: {
    'new-file': ['New file', 'The same payments in a new file for another banking day.'],
    withdrawal: ['Withdrawal', 'The bank never took the file, so the money is to go back to the merchants.'],
  } satisfies Words<Schema<'PayoutRequestDto'>['kind']>,
  payoutRequest: {
    'awaiting-approval': ['Waiting', 'A checker has to approve or reject the request.'],
    approved: ['Approved', 'A checker agreed, and it was done.'],
    rejected: ['Rejected', 'A checker turned it down; the batch stays as it is.'],
  } satisfies Words<Schema<'PayoutRequestDto'>['state']>,
  failureStatement: {
    'awaiting-approval': ['Waiting', 'A checker has to approve or reject the statement.'],
    approved: ['Approved', 'The payout counts as failed, and the money is the merchant’s again.'],
    rejected: ['Rejected', 'A checker turned it down; the payout goes on as before.'],
  } satisfies Words<Schema<'FailureStatementDto'>['state']>,
  skip: {
    'unknown-merchant': ['Unknown merchant', 'The merchant is not in the merchant database.'],
    suspended: ['Suspended', 'The merchant is suspended.'],
    closed: ['Closed', 'The merchant is closed.'],
    owed: ['Negative balance', 'The merchant has a negative balance, which later credits settle first.'],
    held: ['On hold', 'Something of the merchant’s in this currency is on hold pending review.'],
    'bank-line-open': ['Open bank line', 'A bank line about a payout to the merchant is still open.'],
    'below-minimum': ['Below minimum', 'The balance is below the minimum of a payout.'],
    'above-maximum': ['Above maximum', 'The balance is above the maximum per payout.'],
    'fee-exceeds-amount': ['Fee too high', 'The fee would leave nothing to send.'],
    'no-bank-account': ['No bank account', 'The merchant has no bank account in use.'],
    'no-wechat-openid': ['No WeChat wallet', 'The merchant has no WeChat wallet on record.'],
    'not-expressible': [
      'Unsuitable account',
      'The rail cannot pay this account, or cannot write its holder; the detail says why.',
    ],
    'batch-full': ['Batch full', 'One batch carries no more payouts; the next batch takes the merchant first.'],
    'account-changed': ['Account changed', 'The merchant’s bank account changed since the draft.'],
    'less-available': ['Less available', 'Less is available than was drafted.'],
  } satisfies Words<Schema<'PayoutSkipDto'>['reason']>,
  rail: {
    'iso20022-file': ['Bank file', 'A payment file (ISO 20022) that people upload to the bank’s portal.'],
    'csv-file': ['Bank table', 'A CSV table that people upload to the bank’s portal.'],
    'http-bank': ['Bank API', 'Yinke calls the bank’s API.'],
    'wechat-pay': ['WeChat Pay', 'A transfer to the merchant’s WeChat wallet; they may have to confirm it.'],
  } satisfies Words<Schema<'PayoutBatchDto'>['rail']>,
  fileFormat: {
    'pain.001.001.09': ['pain.001.001.09', 'Payment file, the newer version.'],
    'pain.001.001.03': ['pain.001.001.03', 'Payment file, the older version, for banks that ask for it.'],
    'csv-generic': ['CSV', 'Table with English headings, in UTF-8.'],
    'csv-generic-bom': ['CSV for Excel', 'Table with English headings, in UTF-8 that Excel recognizes.'],
    'csv-zh-utf8': ['CSV Chinese, UTF-8', 'Batch transfer table for portals in China, in UTF-8.'],
    'csv-zh-gb18030': ['CSV Chinese, GB18030', 'Batch transfer table for portals in China, in GB18030.'],
    'csv-zh-gbk': ['CSV Chinese, GBK', 'Batch transfer table for portals in China that only know GBK.'],
  } satisfies Words<NonNullable<Schema<'PayoutBatchDto'>['fileFormat']>>,
  payoutFile: {
    current: ['Current', 'This is the file to hand in.'],
    replaced: ['Replaced', 'A newer version took its place; do not hand this one in.'],
    withdrawn: ['Withdrawn', 'The batch was withdrawn; do not hand this file in.'],
  } satisfies Words<Schema<'PayoutFileVersionDto'>['state']>,
  feeBearer: {
    merchant: ['Merchant', 'The bank is told to pay that much less.'],
    platform: ['Operator', 'The fee is a cost of the operator.'],
  } satisfies Words<Schema<'PayoutFeeDto'>['chargedTo']>,
  overMaximum: {
    split: ['Split', 'A larger balance is split into equal payouts, as few as possible.'],
    skip: ['Exclude', 'Merchants with a larger balance are excluded from the batch.'],
  } satisfies Words<NonNullable<Schema<'PayoutPolicyDto'>['overMaximum']>>,
  agentWithoutBic: {
    omitted: ['Left out', 'A payee’s bank without BIC is left out of the file.'],
    NOTPROVIDED: ['NOTPROVIDED', 'A payee’s bank without BIC is written as NOTPROVIDED.'],
  } satisfies Words<NonNullable<Schema<'BankFileSettingsDto'>['agentWithoutBic']>>,
  schedule: {
    active: ['Active', 'It drafts batches on its days.'],
    ended: ['Ended', 'It drafts no more; what it drafted stays.'],
  } satisfies Words<Schema<'PayoutScheduleDto'>['state']>,
  shift: {
    next: ['Next business day', 'A date that is no business day moves to the next one.'],
    previous: ['Previous business day', 'A date that is no business day moves to the one before.'],
    none: ['Not moved', 'Dates stay as they are.'],
  } satisfies Words<NonNullable<Schema<'PayoutScheduleDto'>['shift']>>,
  bankDayFrom: {
    operator: ['Operator', 'The schedule names this day.'],
    default: ['Currency default', 'The calendar of the currency names this day.'],
  } satisfies Words<Schema<'BankDayDto'>['from']>,

  reportKind: {
    'pain.002': ['Status report', 'The bank says which payments it accepted or rejected.'],
    'camt.053': ['Statement', 'The bank’s statement of all bookings on the account.'],
    'camt.054': ['Notification', 'The bank’s notice of single bookings, before the statement.'],
  } satisfies Words<ReportKind> as OpenWords<ReportKind>,
  bankLine: {
    open: ['Open', 'Waits for a person: unmatched, contradicting, or a second booking.'],
    applied: ['Applied', 'It changed the state of its payout.'],
    matched: ['Matched', 'A person matched it to its payout, and its status was applied.'],
    duplicate: ['Already recorded', 'Another line had said the same before.'],
    late: ['Late', 'The payout was already further on.'],
    noted: ['Noted', 'Kept for the record; there is nothing to do.'],
    second: ['Second booking', 'A second payment or return of the same payout; a person has to decide.'],
    contradicting: ['Contradicting', 'It contradicts the books; clear it with the bank, then dismiss it.'],
    unmatched: ['Unmatched', 'It fits no payout, or several; match it to one or dismiss it.'],
    dismissed: ['Dismissed', 'A person decided that it needs nothing.'],
  } satisfies Words<LineResult | Schema<'BankReportLineDto'>['result']>,
  bankStatus: {
    accepted: ['Accepted', 'The bank has taken the payment.'],
    paid: ['Paid', 'The bank has paid it.'],
    failed: ['Failed', 'The bank did not pay it.'],
    returned: ['Returned', 'The bank paid it and sent it back.'],
    unknown: ['Pending', 'The bank has not named the outcome.'],
  } satisfies Words<Schema<'PayoutContradictionDto'>['bankStatus']>,
  contradiction: {
    open: ['Open', 'The rail contradicts the books; a person has to clear it with the bank.'],
    settled: ['Settled', 'A person cleared it and gave the reason.'],
  } satisfies Words<Schema<'PayoutContradictionDto'>['state']>,
  contradictionSource: {
    answer: ['Answer', 'The rail said it when it was asked.'],
    notification: ['Notification', 'The rail sent it unasked.'],
  } satisfies Words<Schema<'PayoutContradictionDto'>['source']>,

  hold: {
    open: ['On hold', 'Waits for a checker to release or void it.'],
    released: ['Released', 'The money went back to where it came from.'],
    voided: ['Voided', 'The money was taken from the merchant.'],
    emptied: ['Refunded', 'Refunds took all of it back; there is nothing left to decide.'],
  } satisfies Words<Schema<'HoldDto'>['state']>,
  holdCause: {
    reward: ['Reward', 'A person put one reward on hold.'],
    'merchant-balance': ['Balance', 'A person put what the merchant had available on hold.'],
    'suspended-merchant': ['Suspended merchant', 'It was earned while the merchant was suspended.'],
    'bad-account': ['Bad account', 'A payout failed because of the merchant’s bank account.'],
    'returned-payout': ['Returned payout', 'The bank sent a payout back.'],
  } satisfies Words<Schema<'HoldDto'>['cause']>,
  holdSource: {
    pending: ['Pending', 'It was inside the waiting period.'],
    available: ['Available', 'It was available for payout.'],
    'in-transit': ['In transit', 'It came back from a payout that failed.'],
    bank: ['Bank', 'It came back from a payout that had been paid.'],
    'reward-cost': ['New reward', 'It went on hold as soon as it was earned.'],
  } satisfies Words<Schema<'HoldDto'>['source']>,
  adjustment: {
    'awaiting-approval': ['Waiting', 'A checker has to approve or reject it; no money has moved.'],
    approved: ['Approved', 'The money has moved.'],
    rejected: ['Rejected', 'A checker turned it down; no money has moved.'],
  } satisfies Words<Schema<'AdjustmentDto'>['state']>,

  coupon: {
    issued: ['Available', 'It can be redeemed at the storefront.'],
    reserved: ['Reserved', 'Kept for an order.'],
    held: ['On hold', 'Kept back pending review.'],
    redeemed: ['Redeemed', 'It was spent at the storefront.'],
    expired: ['Expired', 'Its day is over.'],
    revoked: ['Revoked', 'It was taken back by a person or a refund.'],
  } satisfies Words<Schema<'CouponDto'>['state']>,
  couponKind: {
    'amount-off': ['Amount off', 'It takes a fixed amount off.'],
    'percent-off': ['Percent off', 'It takes a share off the price of what it is for.'],
  } satisfies Words<Schema<'CouponTemplateDto'>['kind']>,
  pointsPart: {
    issued: ['Issued', 'The points that the lot began with.'],
    remaining: ['Remaining', 'Still available.'],
    redeemed: ['Redeemed', 'Spent at the storefront.'],
    expired: ['Expired', 'Their day is over.'],
    'taken-back': ['Taken back', 'Taken back by refunds or adjustments, or on hold pending review.'],
  } satisfies Words<PointsPart> as OpenWords<PointsPart>,

  account: {
    pending: ['Pending', 'Earned, inside the waiting period.'],
    available: ['Available', 'May be paid out or redeemed.'],
    reserved: ['Reserved', 'In an approved payout that is not sent, or a coupon kept for an order.'],
    held: ['On hold', 'Kept back pending review.'],
    owed: ['Negative balance', 'More was taken back than was available; later credits settle it first.'],
    'reward-cost': ['Reward cost', 'What rewards cost the operator.'],
    adjustment: ['Adjustments', 'Corrections that two people agreed on.'],
    fees: ['Fees', 'What payouts cost the operator, less what merchants bear.'],
    'in-transit': ['In transit', 'Sent to the bank, the outcome not known yet.'],
    bank: ['Bank', 'What left the operator’s bank account.'],
    redeemed: ['Redeemed', 'Points and coupons spent at the storefront.'],
    expired: ['Expired', 'Points and coupons whose day is over.'],
  } satisfies Words<Account> as OpenWords<Account>,
  journal: {
    reward: ['Reward', 'A completed order earned a reward.'],
    maturity: ['Waiting period over', 'A pending reward became available.'],
    refund: ['Refund', 'A refund took back its part of a reward.'],
    adjustment: ['Adjustment', 'A correction that two people agreed on.'],
    'payout-reserved': ['Payout approved', 'The money of a payout was reserved.'],
    'payout-cancelled': ['Payout cancelled', 'What was reserved is available again.'],
    'payout-submitted': ['Payout sent', 'The payout went to the bank.'],
    'payout-paid': ['Payout paid', 'The bank paid the payout.'],
    'payout-failed': ['Payout failed', 'The payout was not paid, and the money came back.'],
    'payout-returned': ['Payout returned', 'The bank sent a paid payout back, and the money went on hold.'],
    'payout-charged': ['Bank charge', 'The bank charged the operator for a payout.'],
    'payout-withdrawn': ['Payout withdrawn', 'The payout never reached the bank, and the money came back.'],
    redemption: ['Redeemed', 'Points or a coupon were spent at the storefront.'],
    'redemption-reversed': ['Redemption reversed', 'What was redeemed came back.'],
    expiry: ['Expired', 'Points or a coupon expired.'],
    'coupon-reserved': ['Coupon reserved', 'A coupon is kept for an order.'],
    'coupon-released': ['Coupon released', 'A coupon is no longer kept for an order.'],
    'coupon-revoked': ['Coupon revoked', 'A person took a coupon back.'],
    hold: ['On hold', 'An amount was kept back pending review.'],
    release: ['Released', 'A person ended a hold, and the amount went back.'],
    void: ['Void', 'A person took back what was on hold.'],
  } satisfies Words<JournalKind> as OpenWords<JournalKind>,
  cause: {
    'order-event': ['Order event', 'An order was completed or refunded.'],
    reward: ['Reward', 'A reward reached the end of its waiting period.'],
    adjustment: ['Adjustment', 'A correction that two people agreed on.'],
    payout: ['Payout', 'A transfer to a merchant.'],
    redemption: ['Redemption', 'Points or a coupon were spent at the storefront.'],
    hold: ['Hold', 'An amount was kept back, released or voided.'],
    'points-lot': ['Lot of points', 'Points that became available together and expire together.'],
    coupon: ['Coupon', 'One coupon was reserved, released, revoked or expired.'],
  } satisfies Words<CauseType> as OpenWords<CauseType>,
  audit: {
    clean: ['Clean', 'Every invariant holds, and the chain of journals is intact.'],
    findings: ['Findings', 'Something in the books is not as it must be; look at it at once.'],
  } satisfies Words<'clean' | 'findings'>,

  staffChange: {
    waiting: ['waits for consent', 'Another admin consents to it or refuses it.'],
    consented: ['consented', 'Another admin agreed, and it was done.'],
    refused: ['refused', 'Another admin said no.'],
    withdrawn: ['withdrawn', 'Who asked took it back.'],
    alone: ['made alone', 'The only admin there had ever been did it; nobody else agreed.'],
    'by-operator': ['by the operator', 'Whoever runs the servers did it by a command.'],
    expired: ['expired', 'Nobody consented in time.'],
  } satisfies Words<Schema<'StaffChangeDto'>['state']>,
  staffChangeKind: {
    invite: ['new person', 'Somebody new works here.'],
    roles: ['other roles', 'What the person may do changes.'],
    reactivate: ['comes back', 'An account that was deactivated works again.'],
    password: ['new password', 'The person gets a link and chooses a password.'],
  } satisfies Words<Schema<'StaffChangeDto'>['kind']>,
  role: {
    admin: ['Admin', 'Manages staff, storefronts, rules and payout terms.'],
    reviewer: ['Reviewer', 'Reviews applications and bank accounts, and suspends merchants.'],
    'finance-maker': ['Maker', 'Prepares payouts and adjustments, and works on bank reports.'],
    'finance-checker': ['Checker', 'Approves what another person has prepared.'],
    auditor: ['Auditor', 'Reads the books and changes nothing.'],
  } satisfies Words<Schema<'StaffDto'>['roles'][number]>,
  actor: {
    staff: ['Staff', 'A member of staff.'],
    storefront: ['Storefront', 'A shop, with one of its keys.'],
    merchant: ['Merchant', 'The merchant, signed in.'],
    widget: ['Widget', 'A page of a shop that reads for one merchant.'],
    applicant: ['Applicant', 'Who has applied, with the token of the application.'],
    anonymous: ['Visitor', 'A person who is not signed in.'],
    system: ['System', 'The program itself.'],
  } satisfies Words<Schema<'AuditActorDto'>['kind']>,
};

export default states;
export type StateWords = typeof states;
