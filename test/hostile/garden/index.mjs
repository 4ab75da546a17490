// @ts-check
/** One time of gardening: what is used up is made anew. */
import { growCoupons, growMerchants, growMoney } from './money.mjs';
import { growOrders, setEventsAside } from './orders.mjs';
import { growBankLines, growPayouts, growTransfers } from './payouts.mjs';
import { growSignIns, growStaff } from './people.mjs';
import { growTerms } from './terms.mjs';

export { Garden, whoMay } from './garden.mjs';
export { SET_ASIDE } from './orders.mjs';

const BEDS = {
  growOrders,
  growMoney,
  growCoupons,
  growMerchants,
  growStaff,
  growSignIns,
  growPayouts,
  growBankLines,
  growTransfers,
  growTerms,
};

/**
 * @param {import('./garden.mjs').Garden} garden
 * @param {<T>(work: () => Promise<T>) => Promise<T>} withWorker while it runs
 * @returns {Promise<string[]>} what could not be made
 */
export async function tend(garden, withWorker) {
  const attempt = (/** @type {string} */ name, /** @type {(garden: any) => Promise<void>} */ grow) =>
    grow(garden).catch((error) => void garden.failures.push(`${name}: ${/** @type {Error} */ (error).message}`));
  await withWorker(async () => {
    await Promise.all(Object.entries(BEDS).map(([name, grow]) => attempt(name, grow)));
  });
  await attempt('setEventsAside', setEventsAside);
  return garden.failures.splice(0);
}
