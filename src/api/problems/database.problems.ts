import type { DatabaseErrorCode } from '../../database/index.js';
import type { Problem } from './problem.js';

export const databaseProblems = {
  'application.not-found': { status: 404, title: 'No such application' },
  'application.wechat-id-taken': { status: 409, title: 'WeChat ID already registered or waiting' },
  'application.wrong-state': { status: 409, title: 'The application is already decided' },
  'merchant.not-found': { status: 404, title: 'No such merchant' },
  'merchant.wrong-state': { status: 409, title: 'Not possible in the merchant’s state' },
} satisfies Record<DatabaseErrorCode, Problem>;
