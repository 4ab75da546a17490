import { DomainError } from '../../src/shared/domain-error.js';
import { PLAIN_RULES, Program } from '../support/history/program.js';
import type { AdjustmentId } from '../../src/shared/ids.js';

let program: Program;
const maker = () => program.staff('maker');
const checker = () => program.staff('checker');
const merchant = () => program.merchants[0] ?? 'mer_none';

const propose = async (amount: number, asset = 'CNY', of = merchant()) =>
  (await program.adjustments.proposeAdjustment(of, { asset, amount, reason: 'A correction.' }, maker())).id;
const approve = (id: AdjustmentId, by = checker()) => codeOf(program.adjustments.approveAdjustment(id, by));
const reject = (id: AdjustmentId, by = checker()) => codeOf(program.adjustments.rejectAdjustment(id, by));
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
const available = async () =>
  (
    await program.query<{ available: string; owed: string }>(
      "SELECT available, owed FROM account WHERE merchant_id = ? AND asset = 'CNY'",
      [merchant()],
    )
  )[0];

beforeAll(async () => {
  program = await Program.start(PLAIN_RULES);
});
afterEach(async () => {
  expect(await program.offenders()).toEqual([]);
  await program.forget();
});
afterAll(() => program.close());

describe('a correction by hand', () => {
  it('is decided by somebody else, and once, however many approve and reject it at once', async () => {
    const id = await propose(500);
    expect([await approve(id, maker()), await reject(id, maker())]).toEqual(Array(2).fill('adjustment.same-person'));
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? approve(id) : reject(id))));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'adjustment.wrong-state')).toHaveLength(7);
    const [row] = await program.query<{ state: string }>('SELECT state FROM adjustment WHERE id = ?', [id]);
    expect((await available())?.available ?? '0').toBe(row?.state === 'approved' ? '500' : '0');
  });

  it('never makes a debt: below what is available it is refused, waits, and goes through once there is enough', async () => {
    const back = await propose(-501);
    expect(await approve(back)).toBe('ledger.insufficient-funds');
    expect(await approve(await propose(500))).toBe('done');
    expect(await approve(back)).toBe('ledger.insufficient-funds');
    expect(await approve(await propose(1))).toBe('done');
    expect(await approve(back)).toBe('done');
    expect(await available()).toEqual({ available: '0', owed: '0' });
  });

  it('of nothing, of what is no asset, or for nobody is refused before anybody has to decide', async () => {
    expect(await codeOf(propose(0))).toBe('request.invalid');
    expect(await codeOf(propose(1, 'GOLD'))).toBe('request.invalid');
    expect(await codeOf(propose(1, 'CNY', 'mer_nobody'))).toBe('merchant.not-found');
    expect(await approve('adj_unknown')).toBe('adjustment.not-found');
    expect(await program.query('SELECT id FROM adjustment')).toEqual([]);
  });
});
