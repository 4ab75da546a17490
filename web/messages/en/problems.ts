import type { ProblemCode } from '../../api/types.js';

/** What each refusal of the API means, and what to do about it. */
const problems = {
  'access.forbidden': ['You may not do this.', 'Ask an admin for a role that may.'],
  'access.origin-refused': [
    'Changes are not accepted from this website.',
    'Open Yinke at its own address; for a shop, an admin adds its address to the storefront’s origins.',
  ],
  'access.sign-in-required': [
    'You are not signed in yet.',
    'Open the link of your application to sign in for the first time, or ask for a code.',
  ],
  'access.unauthenticated': ['You are not signed in.', 'Sign in again, or open your personal link again.'],
  'adjustment.not-found': ['There is no such adjustment.', 'Check the link, or look for it in the list.'],
  'adjustment.same-person': ['You proposed this adjustment yourself.', 'Ask another checker to approve or reject it.'],
  'adjustment.wrong-state': ['This adjustment is already decided.', 'Reload the page to see the decision.'],
  'application.not-found': ['There is no such application.', 'Check the link, or look for it in the list.'],
  'application.wechat-id-taken': [
    'This WeChat ID is registered already, or waits for review.',
    'Check the WeChat ID; if it is yours, open the link from your first application.',
  ],
  'application.wrong-state': ['This application is already decided.', 'Reload the page to see the decision.'],
  'audit.none-yet': ['There has been no audit yet.', 'Run one now, or wait for the next automatic one.'],
  'bank-account.change-waiting': [
    'Another change of this bank account waits for review.',
    'Wait for its review, then send the new change.',
  ],
  'bank-account.not-found': ['There is no such bank account.', 'Check the link, or look at the merchant’s accounts.'],
  'bank-account.same-person': ['You filed this bank account yourself.', 'Ask another reviewer to approve it.'],
  'bank-account.wrong-state': ['This bank account is already reviewed.', 'Reload the page to see the decision.'],
  'bank-report.already-recorded': [
    'Another line has already recorded this status for the payout.',
    'Match the line to another payout, or dismiss it with a reason.',
  ],
  'bank-report.contradicting': [
    'The line contradicts the state of the payout.',
    'Clear it with the bank, then dismiss the line with a reason.',
  ],
  'bank-report.empty': [
    'This file has neither a statement nor a payment status.',
    'Upload a pain.002, camt.053 or camt.054 file from your bank.',
  ],
  'bank-report.line-decided': ['This line is already resolved.', 'Reload the page to see the decision.'],
  'bank-report.line-not-found': ['There is no such line of a bank report.', 'Look for it in the list of open lines.'],
  'bank-report.line-proposed': [
    'A match of this line waits for a checker.',
    'Ask a checker to approve or reject that match first.',
  ],
  'bank-report.no-proposal': [
    'No match of this line is proposed.',
    'Reload the page, then match the line to a payout.',
  ],
  'bank-report.no-status': [
    'This line has no final status of a payout.',
    'Wait for the booking, or dismiss the line with a reason.',
  ],
  'bank-report.not-found': ['There is no such bank report.', 'Check the link, or look for it in the list.'],
  'bank-report.same-person': ['You proposed this match yourself.', 'Ask another checker to approve or reject it.'],
  'bank-report.unreadable': [
    'This file cannot be read as a bank report.',
    'Download it from the bank again and upload it unchanged.',
  ],
  'bank-report.wrong-amount': [
    'The line is of another amount or currency than the payout.',
    'Choose the right payout, or give a reason and let a checker decide.',
  ],
  'code.expired': ['This code has expired.', 'Ask for another code.'],
  'code.needed': ['This needs a fresh code.', 'Ask for a code, and enter it here.'],
  'code.refused': ['The code is wrong.', 'Enter the newest code that you received; each works once.'],
  'code.spent': ['There were too many wrong codes.', 'Ask for another code.'],
  'contact.absent': ['There is no such contact.', 'Choose the contact that you have given, or add one first.'],
  'contact.present': ['The merchant has a contact already.', 'Only the merchant changes it, in the portal.'],
  'coupon-template.exists': [
    'A template of this name has other terms.',
    'Choose another name: templates are never edited.',
  ],
  'coupon-template.not-found': ['There is no such coupon template.', 'Check the name, or look for it in the list.'],
  'coupon.conflict': [
    'The coupon is reserved for this order with other lines.',
    'Release it, then reserve it with the new lines.',
  ],
  'coupon.does-not-apply': [
    'The coupon does not apply to this order.',
    'Check the goods and the minimum spend that it is for.',
  ],
  'coupon.expired': ['The coupon has expired.', 'Choose another coupon.'],
  'coupon.held': ['The coupon is on hold pending review.', 'Choose another coupon, or wait for the review.'],
  'coupon.not-found': ['There is no such coupon.', 'Check the code of the coupon.'],
  'coupon.not-reserved': ['The coupon is not reserved for this order.', 'Reserve it for the order first.'],
  'coupon.other-currency': ['The coupon is for another currency.', 'Choose a coupon in the currency of the order.'],
  'coupon.redeemed': ['The coupon has been redeemed.', 'Choose another coupon.'],
  'coupon.reserved': [
    'The coupon is reserved for another order.',
    'Choose another coupon, or release it from that order first.',
  ],
  'coupon.revoked': ['The coupon was taken back.', 'Choose another coupon.'],
  'finance.sum-too-large': ['A total is too large to show exactly.', 'Download the CSV file, which has every entry.'],
  'hold.bank-line-open': [
    'A bank line about this payout is still open.',
    'Match or dismiss that line first, then decide about the hold.',
  ],
  'hold.not-found': ['There is no such hold.', 'Check the link, or look for it in the list.'],
  'hold.not-voidable': ['A payout brought this money back: it is the merchant’s.', 'Release it instead.'],
  'hold.nothing-to-hold': [
    'There is nothing to put on hold.',
    'Check the balance; what a payout has reserved needs its batch cancelled first.',
  ],
  'hold.same-person': ['You put this on hold yourself.', 'Ask another checker to release or void it.'],
  'hold.wrong-state': ['This hold is already decided.', 'Reload the page to see the decision.'],
  'idempotency.in-progress': [
    'The same request is still being worked on.',
    'Wait a moment, then reload the page to see whether it is done.',
  ],
  'idempotency.key-invalid': [
    'The request has an Idempotency-Key that cannot be used.',
    'Send 1 to 255 printable ASCII characters as the key.',
  ],
  'idempotency.key-reused': [
    'This request was sent before with other content.',
    'Reload the page, see what was saved, and enter the change again.',
  ],
  'journal.not-found': ['There is no such journal.', 'Check the link, or look for it in the list.'],
  'ledger.insufficient-funds': ['Not enough is available for this.', 'Check the balance and enter a smaller amount.'],
  'merchant.not-found': ['There is no such merchant.', 'Check the link, or search for the merchant.'],
  'merchant.wrong-state': [
    'The merchant’s state does not allow this.',
    'Reload the page to see whether the merchant is suspended or closed.',
  ],
  'network.away': ['The server cannot be reached.', 'Check your network and try again.'],
  'order-event.not-found': ['There is no such order event.', 'Look for it in the list of open events.'],
  'order-event.not-parked': [
    'This event is not parked.',
    'Reload the page to see whether it has been posted meanwhile.',
  ],
  'order.already-completed': ['The order is already complete.', 'Record a refund instead.'],
  'order.attribution-fixed': [
    'The merchant was fixed when the order was placed.',
    'Send the tokens that the order was placed with.',
  ],
  'order.conflict': [
    'The order exists with other content.',
    'Send the same content again, or a change as the order’s next revision.',
  ],
  'order.impossible-moment': [
    'A time lies before what must have come first.',
    'Check the times that you send, and your server’s clock.',
  ],
  'order.not-found': ['There is no such order.', 'Check the order number and the storefront.'],
  'order.paid-more-than-lines': [
    'More was paid for merchandise than the lines add up to.',
    'Check the amount paid, the lines, shipping and tax.',
  ],
  'order.quote-mismatch': [
    'The order differs from its quote.',
    'Send the prices and the visit of the quote, or ask for a new quote.',
  ],
  'order.wrong-currency': [
    'The order is not in the storefront’s currency.',
    'Send amounts in the storefront’s currency.',
  ],
  'order.wrong-revision': [
    'This is not the order’s next revision.',
    'Read the order and send the number after its latest revision.',
  ],
  'order.wrong-state': ['The order’s state does not allow this.', 'Read the order to see whether it is cancelled.'],
  'password.wrong': ['This is not your present password.', 'Check it and try again.'],
  'payout.already-retried': [
    'This payout has been tried again already.',
    'Open the payout that was made in its place.',
  ],
  'payout.approval-void': [
    'The batch is not the one that was looked at or approved.',
    'Look at it again; if it was approved before, cancel it and draft a new one.',
  ],
  'payout.attempt-running': ['The bank is being asked about this payout right now.', 'Try again in a minute.'],
  'payout.bank-line-open': [
    'A bank line about this payout is still open.',
    'Match or dismiss that line first, then try the payout again.',
  ],
  'payout.batch-not-found': ['There is no such payout batch.', 'Check the link, or look for it in the list.'],
  'payout.cancel-not-answered': [
    'The rail did not answer, so the cancellation is not certain.',
    'Ask again: asking twice does no harm.',
  ],
  'payout.cancel-not-supported': ['This rail cannot cancel a payment.', 'Wait for the outcome of the payout.'],
  'payout.contradiction-not-found': ['There is no such contradiction.', 'Look for it in the list of contradictions.'],
  'payout.empty-batch': ['The batch has no payout.', 'Cancel it, and draft a new one once merchants can be paid.'],
  'payout.execution-date-passed': [
    'The execution date of this request has passed.',
    'Reject it, and let the maker ask for a later date.',
  ],
  'payout.insufficient-funds': [
    'Less is available than was drafted.',
    'Have the maker refresh the draft, or wait until the full amount is available.',
  ],
  'payout.no-file': ['The batch has no such file.', 'Submit the batch first; if you just did, try again in a minute.'],
  'payout.no-platform-account': [
    'The operator has no bank account in this currency.',
    'Ask an admin to enter the account that these payouts leave from.',
  ],
  'payout.no-wechat-payee': [
    'The merchant has no WeChat wallet on record.',
    'Ask a reviewer to record the merchant’s WeChat wallet.',
  ],
  'payout.not-a-file': [
    'The bank was called for this batch, not handed a file.',
    'Wait for the outcome, or state with evidence that a payout has failed.',
  ],
  'payout.not-called': [
    'The bank was handed a file for this payout, not called.',
    'Upload the bank’s report: it has the status of the payout.',
  ],
  'payout.not-found': ['There is no such payout.', 'Check the link, or look for it in the list.'],
  'payout.not-payable': [
    'The merchant cannot be paid now.',
    'Clear the cause first, such as a hold, a negative balance or a missing account.',
  ],
  'payout.notification-refused': [
    'This notification does not come from WeChat Pay.',
    'Check the keys and certificates of WeChat Pay in the settings.',
  ],
  'payout.notification-unknown': [
    'No transfer has this number and amount.',
    'Check that WeChat Pay notifies the right installation of Yinke.',
  ],
  'payout.rail-not-available': ['This rail is not available.', 'Choose another rail, or ask an admin to set it up.'],
  'payout.reported': [
    'A bank report already has a status of this batch.',
    'Follow its payouts one by one: the bank has the file.',
  ],
  'payout.request-not-found': ['There is no such request.', 'Reload the page to see the requests that wait.'],
  'payout.request-pending': [
    'Another request waits for a decision.',
    'Ask a checker to approve or reject that one first.',
  ],
  'payout.same-person': ['You made or approved this yourself.', 'Ask a checker who had no part in it so far.'],
  'payout.schedule-ended': ['This payout schedule has ended.', 'Make a new schedule.'],
  'payout.schedule-not-found': ['There is no such payout schedule.', 'Check the link, or look for it in the list.'],
  'payout.stale': [
    'Merchants or their bank accounts changed since the draft.',
    'Have the maker refresh the draft, then look at it and approve it again.',
  ],
  'payout.transfer-not-cancellable': ['It is too late to cancel this transfer.', 'Wait for the outcome of the payout.'],
  'payout.wrong-state': [
    'The state of the batch or payout does not allow this.',
    'Reload the page to see what happened meanwhile.',
  ],
  'points-lot.not-found': ['There is no such lot of points.', 'Check the link, or look at the merchant’s points.'],
  'price-rule.ended': ['The end of this price rule is already set.', 'Make a new rule.'],
  'price-rule.not-found': ['There is no such price rule.', 'Check the link, or look for it in the list.'],
  'price-rule.version-exists': [
    'The price rule has a version from that moment on.',
    'Let the new version take effect at another moment.',
  ],
  'quote.wrong-currency': [
    'The quote is not in the storefront’s currency.',
    'Ask for prices in the storefront’s currency.',
  ],
  'redemption.conflict': [
    'The redemption exists with other content.',
    'Send the same content again, or choose a new redemption id.',
  ],
  'redemption.more-than-redeemed': [
    'The reversal is more than is left of the redemption.',
    'Reverse at most what has not been reversed yet.',
  ],
  'redemption.not-found': ['There is no such redemption.', 'Check the redemption id and the merchant.'],
  'refund.conflict': [
    'The refund exists with other content.',
    'Send the same content again, or choose a new refund id.',
  ],
  'refund.more-than-left': [
    'The refund is more than is left of a line, of shipping or of tax.',
    'Check the earlier refunds of the order.',
  ],
  'refund.more-than-paid': ['All refunds together are more than was paid.', 'Check the earlier refunds of the order.'],
  'request.headers-too-large': [
    'The browser sent too much along with the request.',
    'Delete the cookies of this site and try again.',
  ],
  'request.invalid': ['Some of what you entered is not valid.', 'Correct what is marked and send it again.'],
  'request.malformed': ['The server could not read the request.', 'Reload the page and try again.'],
  'request.timed-out': ['The request took too long to arrive.', 'Check your network and try again.'],
  'request.too-large': ['What you sent is too large.', 'Send a smaller file, or less at a time.'],
  'request.too-many': ['Too many requests.', 'Please try again later.'],
  'request.unsupported-media-type': [
    'This kind of file or content is not accepted.',
    'Choose a file of the kind that is asked for.',
  ],
  'request.uri-too-long': ['The address is too long.', 'Remove some filters and try again.'],
  'reward-rule.ended': ['The end of this reward rule is already set.', 'Make a new rule.'],
  'reward-rule.not-found': ['There is no such reward rule.', 'Check the link, or look for it in the list.'],
  'reward-rule.version-exists': [
    'The reward rule has a version from that moment on.',
    'Let the new version take effect at another moment.',
  ],
  'reward.not-found': ['There is no such reward.', 'Check the link, or look for it in the list.'],
  'route.not-found': ['There is nothing at this address.', 'Check the link, or go back to the start page.'],
  'service.database-away': ['The service is interrupted for a moment.', 'Try again in a moment.'],
  'service.internal': [
    'Something went wrong on the server.',
    'Try again; if it happens again, send the request id to your admin.',
  ],
  'service.not-ready': ['The service is not ready yet.', 'Try again in a minute.'],
  'session.not-found': ['There is no such session.', 'It may have ended; reload the page.'],
  'session.refused': ['The e-mail address or the password is wrong.', 'Check both and try again.'],
  'session.totp-refused': [
    'The code is wrong, or was used already.',
    'Wait for the next code in your authenticator app and enter that one.',
  ],
  'session.totp-required': ['Signing in takes a code as well.', 'Enter the code that your authenticator app shows.'],
  'sign-in.choose-merchant': ['Several merchants share this contact.', 'Choose which of them you want to sign in as.'],
  'sign-in.not-approved': ['This application is not approved.', 'Wait for its review; then you can sign in.'],
  'sign-in.token-spent': ['This link has done its work.', 'Sign in by a code to your e-mail address or telephone.'],
  'staff.email-taken': ['This e-mail address is already in use.', 'Enter another e-mail address.'],
  'staff.last-admin': ['The last admin cannot be deactivated.', 'Add another admin first.'],
  'staff.not-found': ['There is no such member of staff.', 'Check the link, or look for them in the list.'],
  'staff.own-account': ['You cannot do this to your own account.', 'Ask another admin.'],
  'storefront.not-found': ['There is no such storefront.', 'Check the link, or look for it in the list.'],
  'token.expired': ['The token has expired.', 'Open a new visit or ask for a new quote, and send the new token.'],
  'token.invalid': ['The token was not issued for this.', 'Send the token of the visit or quote unchanged.'],
  'totp.already-on': ['You have a second factor already.', 'Ask an admin to remove it, then set up a new one.'],
  'totp.not-on': ['You have no second factor.', 'Set one up first.'],
  'totp.not-started': ['There is no second factor to confirm.', 'Start setting it up again and scan the new code.'],
  'totp.wrong-code': ['The code is wrong.', 'Enter the newest code, and check that the clock of your phone is right.'],
  'visit.not-found': ['There is no such visit.', 'Enter the shop again, then answer.'],
  'visit.too-many-answers': [
    'The question was answered too often.',
    'You need not do anything: the last answer counts.',
  ],
} satisfies Record<ProblemCode, readonly [title: string, advice: string]>;

export default problems as Record<ProblemCode, readonly [title: string, advice: string]>;
