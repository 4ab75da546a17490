import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What other systems got wrong with the money of merchants. Each is a test here, and its title says which. */
const KNOWN_MISTAKES = [
  'Withdrawal reads the balance, then subtracts with no guard; two requests overdraw',
  'Credits to one promoter at the same time lose money',
  'Order state commits before the reward; when crediting throws, the order is complete and never rewarded',
  'The order stores its referrer, but payment credits the shopper’s current referrer',
  'A partial refund cancels the whole commission or skips paid ones',
  'Refuse, fail and succeed check no state, so a repeat credits again',
  'A retry after an error sends a fresh payment reference, and pays twice',
  'A compare-and-set whose result nobody reads',
  'The transfer call sits inside the database transaction',
  'The same order posted again pays again, for want of a unique key',
  'Money in text columns added as floats',
  'Several commissions for one order after a back button or a payment retry',
  'Sign errors in clawbacks',
  'The hold bypassed by a manual pay endpoint',
  'A batch answered partly completed, partly failed, partly returned',
  'A scheduler that was never wired, so nothing was ever paid',
  'Customers refused a refund because the reward had settled',
  'Reward worker dies silently after a Redis outage',
];

const specs = ['src', 'test']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.spec.ts'))
  .map((file) => readFileSync(file, 'utf8'));

describe('the known mistakes of others', () => {
  it.each(KNOWN_MISTAKES)('“%s” is the title of a test', (mistake) => {
    const title = new RegExp(`^\\s*it\\('.*“${mistake.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}”`, 'm');
    expect(specs.filter((spec) => title.test(spec)).length).toBeGreaterThan(0);
  });
});
