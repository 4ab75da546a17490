import { couponInvariants } from '../../src/finance/assets/coupons/coupon-invariants.js';
import { holdInvariants } from '../../src/finance/decisions/holds/hold-invariants.js';
import { pointsInvariants } from '../../src/finance/assets/points/points-invariants.js';
import { redemptionInvariants } from '../../src/finance/assets/redemptions/redemption-invariants.js';
import { rewardCounterInvariants } from '../../src/finance/rewards/reward-counter-invariants.js';
import { rewardBooks } from '../support/audit-rewards.js';
import { describeTampering } from '../support/audit-tampering.js';
import type { Program } from '../support/history/program.js';
import { couponEquivalents, couponTamperings } from '../support/tamperings/coupons.js';
import { holdEquivalents, holdTamperings } from '../support/tamperings/holds.js';
import { pointsEquivalents, pointsTamperings } from '../support/tamperings/points.js';
import { redemptionTamperings } from '../support/tamperings/redemptions.js';
import { tallyTamperings } from '../support/tamperings/tallies.js';

const LATE_SECONDS = 600;

let program: Program;
beforeAll(async () => {
  program = await rewardBooks();
});
afterAll(() => program.close());

const db = () => program.dataSource;

describe('the audit of budgets, volumes and first orders', () => {
  describeTampering({ invariants: rewardCounterInvariants, tamperings: tallyTamperings, db });
});

describe('the audit of holds', () => {
  describeTampering({ invariants: holdInvariants, tamperings: holdTamperings, equivalent: holdEquivalents, db });
});

describe('the audit of points', () => {
  const invariants = pointsInvariants(LATE_SECONDS);
  describeTampering({ invariants, tamperings: pointsTamperings, equivalent: pointsEquivalents, db });
});

describe('the audit of coupons', () => {
  const invariants = couponInvariants(LATE_SECONDS);
  describeTampering({ invariants, tamperings: couponTamperings, equivalent: couponEquivalents, db });
});

describe('the audit of redemptions', () => {
  describeTampering({ invariants: redemptionInvariants, tamperings: redemptionTamperings, db });
});
