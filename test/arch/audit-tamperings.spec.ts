import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allInvariants } from '../../src/finance/audit/all-invariants.js';
import { approvalTamperings } from '../support/tamperings/approvals.js';
import { bankReportTamperings } from '../support/tamperings/bank-reports.js';
import { closingTamperings } from '../support/tamperings/closings.js';
import { couponTamperings } from '../support/tamperings/coupons.js';
import { figureTamperings } from '../support/tamperings/figures.js';
import { holdTamperings } from '../support/tamperings/holds.js';
import { ledgerTamperings } from '../support/tamperings/ledger.js';
import { payoutTamperings } from '../support/tamperings/payouts.js';
import { pointsTamperings } from '../support/tamperings/points.js';
import { redemptionTamperings } from '../support/tamperings/redemptions.js';
import { tallyTamperings } from '../support/tamperings/tallies.js';

const TAMPERINGS = {
  approvalTamperings,
  bankReportTamperings,
  closingTamperings,
  couponTamperings,
  figureTamperings,
  holdTamperings,
  ledgerTamperings,
  payoutTamperings,
  pointsTamperings,
  redemptionTamperings,
  tallyTamperings,
};

const titles = allInvariants(60).map(({ title }) => title);
const tampered = new Set(Object.values(TAMPERINGS).flatMap((list) => list.map(([, title]) => title)));

describe('every invariant of the audit', () => {
  it('has a title of its own', () => {
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  });

  it('is tampered with in every way that it claims to see', () => {
    expect(titles.filter((title) => !tampered.has(title))).toEqual([]);
    expect([...tampered].filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('is tampered with by a spec that takes its branches out', () => {
    const specs = ['db', 'e2e'].flatMap((folder) => {
      const path = join(import.meta.dirname, '..', folder);
      return readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'));
    });
    const tried = (list: string) =>
      specs.some((spec) => new RegExp(`describeTampering\\(\\{[^}]*tamperings: ${list}\\b`).test(spec));
    expect(Object.keys(TAMPERINGS).filter((list) => !tried(list))).toEqual([]);
  });
});
