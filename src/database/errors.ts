import type { Problem } from '../shared/problem.js';

/** Refusals of the merchant database. */
export const databaseProblems = {
  'storefront.not-found': { status: 404, title: 'No such storefront' },
  'application.not-found': { status: 404, title: 'No such application' },
  'application.wechat-id-taken': { status: 409, title: 'A merchant has this WeChat ID' },
  'application.wrong-state': { status: 409, title: 'The application is already decided' },
  'merchant.not-found': { status: 404, title: 'No such merchant' },
  'merchant.wrong-state': { status: 409, title: 'Not possible in the merchant’s state' },
  'sign-in.not-approved': { status: 409, title: 'The application is not approved' },
  'sign-in.token-spent': { status: 401, title: 'Sign in by a code' },
  'sign-in.choose-merchant': { status: 409, title: 'Several merchants share this contact' },
  'code.needed': { status: 403, title: 'This needs a fresh code' },
  'contact.absent': { status: 409, title: 'There is no such contact' },
  'contact.present': { status: 409, title: 'The merchant has a contact' },
  'bank-account.not-found': { status: 404, title: 'No such bank account' },
  'bank-account.change-waiting': { status: 409, title: 'A change of the bank account already waits for review' },
  'bank-account.wrong-state': { status: 409, title: 'The change of the bank account is already decided' },
  'bank-account.same-person': { status: 409, title: 'Another person must review this' },
  'erasure.not-closed': { status: 409, title: 'Only a closed merchant, or a rejected applicant, is erased' },
  'erasure.money-open': { status: 409, title: 'A balance of the merchant is not zero' },
  'erasure.work-open': { status: 409, title: 'Something of the merchant is not decided yet' },
  'wechat.not-configured': { status: 404, title: 'No account at WeChat is configured' },
  'wechat.foreign-page': { status: 422, title: 'Not a page of this installation' },
  'wechat.state-refused': { status: 422, title: 'Not the way back of this browser' },
  'wechat.code-refused': { status: 422, title: 'WeChat does not take the code' },
  'wechat.not-linked': { status: 401, title: 'No merchant has linked this WeChat account' },
  'wechat.linked-elsewhere': { status: 409, title: 'Another merchant has linked this WeChat account' },
  'wechat.busy': { status: 503, title: 'WeChat asks to wait' },
  'wechat.away': { status: 503, title: 'WeChat does not answer' },
} satisfies Record<string, Problem>;

export type DatabaseErrorCode = keyof typeof databaseProblems;
