// @ts-check
/**
 * `npm run test:mutants [-- group …]`: plants small bugs in the pure files of the money, one at a time, and runs the specs
 * that should notice. Prints what survived and the share that was killed; ends with 1 below {@link WANTED}. Outside CI: it
 * takes the better part of an hour.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './lib/data-folder.mjs';
import { run, tail } from './lib/run.mjs';
import { complain, Refusal, root, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

/** Share of the mutants that the specs have to kill, of all groups together. */
const WANTED = 0.9;

/**
 * Pure files by group, and where the specs are that should notice.
 * @type {Record<string, { specs: string[], files: string[] }>}
 */
const GROUPS = {
  detection: {
    specs: ['src/detection', 'src/shared'],
    files: [
      ...files('src/detection/visits', 'attribution', 'visit-url', 'share-link'),
      ...files('src/detection/orders', 'order-state', 'order', 'order-placing', 'order-moments', 'ndjson'),
      ...files('src/shared', 'identity-key'),
    ],
  },
  pricing: {
    specs: ['src/pricing', 'src/shared'],
    files: [...files('src/pricing', 'price-calculation'), ...files('src/shared', 'money', 'rule', 'calendar')],
  },
  rewards: {
    specs: ['src/finance/rewards', 'src/shared'],
    files: [
      ...files(
        'src/finance/rewards',
        'refund-calculation',
        'reward-calculation',
        'reward-conditions',
        'volume-tiers',
        'commissionable-amounts',
      ),
      ...files('src/shared', 'fraction'),
    ],
  },
  ledger: { specs: ['src/finance/ledger'], files: files('src/finance/ledger', 'book', 'journal') },
  assets: {
    specs: ['src/finance/assets', 'src/finance/decisions'],
    files: [
      ...files('src/finance/assets/points', 'lot'),
      ...files('src/finance/assets/coupons', 'coupon', 'coupon-discount'),
      ...files('src/finance/decisions/holds', 'hold'),
    ],
  },
  payouts: {
    specs: ['src/finance/payouts', 'src/database'],
    files: [
      ...files('src/finance/payouts', 'payout', 'payout-batch'),
      ...files('src/finance/payouts/terms', 'payout-policy', 'payout-calendar'),
      ...files('src/finance/payouts/rails', 'bank-text', 'chinese-names'),
      ...files('src/database', 'bank-account'),
    ],
  },
  'bank-reports': {
    specs: ['src/finance/payouts/bank-reports'],
    files: files(
      'src/finance/payouts/bank-reports',
      'booked-lines',
      'booked-amounts',
      'bank-amount',
      'bank-reference',
      'status-lines',
      'line-matching',
      'line-judgement',
      'booking',
      'report-xml',
      'xml-text',
    ),
  },
};

/**
 * Mutants that are no bugs, and why: no input tells them from the original. By file and replacement, and by what is replaced
 * where the replacement alone does not say it.
 * @type {readonly { file: string, original?: string, replacement: string, because: string }[]}
 */
const EQUIVALENT = [
  ...['src/finance/payouts/payout.ts', 'src/detection/orders/order-state.ts'].map((file) => ({
    file,
    replacement: '["Stryker was here"]',
    because: 'no state has that name',
  })),
  {
    file: 'src/shared/money.ts',
    replacement: '/[A-Z]{3}$/',
    because: 'the list of currencies has none with more than three letters',
  },
  {
    file: 'src/shared/money.ts',
    replacement: '/^[A-Z]{3}/',
    because: 'the list of currencies has none with more than three letters',
  },
  {
    file: 'src/shared/money.ts',
    replacement: 'numerator <= 0n',
    because: 'zero has no sign',
  },
  {
    file: 'src/shared/money.ts',
    replacement: 'amount <= 0n',
    because: 'zero has no sign',
  },
  {
    file: 'src/shared/money.ts',
    replacement: 'a.remainder >= b.remainder',
    because: 'equal remainders are told apart before',
  },
  {
    file: 'src/shared/money.ts',
    replacement: 'a <= b',
    because: 'where both are equal, either is taken',
  },
  {
    file: 'src/shared/fraction.ts',
    replacement: 'numerator <= 0n',
    because: 'zero has no sign',
  },
  {
    file: 'src/finance/rewards/commissionable-amounts.ts',
    replacement: 'paid <= 0n',
    because: 'nothing is nothing by either way',
  },
  {
    file: 'src/finance/rewards/commissionable-amounts.ts',
    original: 'merchandise === listed',
    replacement: 'false',
    because: 'what was paid in full spreads to the lines as they are',
  },
  {
    file: 'src/finance/rewards/commissionable-amounts.ts',
    original: '() => 0n',
    replacement: '() => undefined',
    because: 'each place is filled afterwards',
  },
  {
    file: 'src/finance/rewards/reward-conditions.ts',
    original: 'category !== null',
    replacement: 'true',
    because: 'no list of categories holds null; the question is there for types',
  },
  {
    file: 'src/finance/ledger/book.ts',
    replacement: 'owed <= amount',
    because: 'where both are equal, either is taken',
  },
  {
    file: 'src/finance/ledger/book.ts',
    replacement: 'available <= amount',
    because: 'where both are equal, either is taken',
  },
  {
    file: 'src/finance/assets/coupons/coupon-discount.ts',
    original: 'terms.minimumSpend !== null',
    replacement: 'true',
    because: 'no total is less than null; the question is there for readers and types',
  },
  {
    file: 'src/finance/assets/coupons/coupon-discount.ts',
    original: 'category === null',
    replacement: 'false',
    because: 'no list of categories holds null; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/bank-amount.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'what has the form has digits; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/bank-amount.ts',
    original: 'amount === null || currency === null',
    replacement: 'false',
    because: 'null is no decimal text and no currency; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/bank-amount.ts',
    original: 'amount === null || currency === null',
    replacement: 'amount === null && currency === null',
    because: 'null is no decimal text and no currency; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/bank-amount.ts',
    original: 'amount === null',
    replacement: 'false',
    because: 'null is no decimal text; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/bank-amount.ts',
    original: 'currency === null',
    replacement: 'false',
    because: 'null is no currency; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/bank-reference.ts',
    original: 'capitals !== undefined',
    replacement: 'true',
    because: 'what is not there has not our form; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/booked-lines.ts',
    original: 'only !== undefined',
    replacement: 'true',
    because: 'one of one is there; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/booked-lines.ts',
    replacement: String.raw`/[12]\d{3}-\d{2}-\d{2}$/`,
    because: 'the text is cut to the ten characters that the form takes',
  },
  {
    file: 'src/finance/payouts/bank-reports/booked-lines.ts',
    replacement: String.raw`/^[12]\d{3}-\d{2}-\d{2}/`,
    because: 'the text is cut to the ten characters that the form takes',
  },
  {
    file: 'src/finance/payouts/bank-reports/booked-amounts.ts',
    original: 'total === null || payment === null',
    replacement: 'false',
    because: 'null is not above zero and no sum; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/booked-amounts.ts',
    original: 'total === null || payment === null',
    replacement: 'total === null && payment === null',
    because: 'null is not above zero and no sum; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/booked-amounts.ts',
    original: 'payment === null',
    replacement: 'false',
    because: 'null is not above zero; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/booked-amounts.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'neither is a code of charges',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-matching.ts',
    original: "'T00:00:00Z'",
    replacement: '""',
    because: 'a day without a time is read as that of UTC',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-matching.ts',
    original: "'utf8'",
    replacement: '""',
    because: 'Node takes it where no encoding is named',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-matching.ts',
    original: 'bookedOn === null',
    replacement: 'false',
    because: 'nothing is sent before a day that is none',
  },
  {
    file: 'src/finance/payouts/bank-reports/booking.ts',
    replacement: '``',
    because: 'it only narrows the search: what is found has the same status, amount and currency anyway',
  },
  {
    file: 'src/finance/payouts/bank-reports/report-xml.ts',
    original: "''",
    replacement: '"Stryker was here!"',
    because: 'neither is the name of a block of ours',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-judgement.ts',
    original: "'utf8'",
    replacement: '""',
    because: 'Node takes it where no encoding is named',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-judgement.ts',
    original: 'bankStatus === null',
    replacement: 'false',
    because: 'what is applied or fits a payout has a bank status; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-judgement.ts',
    original: 'bookedOn !== null',
    replacement: 'true',
    because: 'null is not later than a day; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-judgement.ts',
    original: "typeof back === 'string'",
    replacement: 'true',
    because: 'no day is later than none; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-judgement.ts',
    original: "typeof back === 'string' && bookedOn !== null",
    replacement: 'true',
    because: 'no day is later than none, nor none than a day; the question is there for types',
  },
  {
    file: 'src/finance/payouts/bank-reports/line-judgement.ts',
    original: "typeof back === 'string' && bookedOn !== null",
    replacement: "typeof back === 'string' || bookedOn !== null",
    because: 'no day is later than none, nor none than a day; the question is there for types',
  },
];

/** @param {string} folder @param {string[]} names */
function files(folder, ...names) {
  return names.map((name) => `${folder}/${name}.ts`);
}

await script(async (signal) => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in GROUPS));
  if (unknown.length > 0)
    throw new Refusal(`no such group: ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}`);
  await setUp({ build: false, stores: false, signal });
  const total = { killed: 0, all: 0 };
  for (const [name, group] of Object.entries(GROUPS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const [file, mutants] of Object.entries(await mutate(name, group, signal))) {
      const counted = mutants.filter(({ status }) => !['CompileError', 'RuntimeError', 'Ignored'].includes(status));
      const survivors = counted
        .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
        .filter((mutant) => !EQUIVALENT.some((one) => one.file === file && isOf(mutant, one)));
      const killed = counted.length - survivors.length;
      total.killed += killed;
      total.all += counted.length;
      say(`${percent(killed, counted.length)}  ${file} (${killed} of ${counted.length})`);
      for (const { location, mutatorName, replacement, status } of survivors)
        say(
          `         ${location.start.line}:${location.start.column} ${mutatorName} ${status}: ${(replacement ?? '').replaceAll('\n', ' ').slice(0, 120)}`,
        );
    }
  }
  say(`\n${percent(total.killed, total.all)}  killed of ${total.all}`);
  if (total.killed >= total.all * WANTED) return 0;
  complain(`fewer than ${WANTED * 100} % were killed`);
  return 1;
});

/**
 * @param {Mutant} mutant
 * @param {{ original?: string, replacement: string }} named
 */
function isOf({ original, replacement }, named) {
  return replacement === named.replacement && (named.original === undefined || original === named.original);
}

/**
 * @param {string} source
 * @param {Mutant['location']} location
 */
function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines.push((lines.pop() ?? '').slice(0, end.column - 1));
  return lines.join('\n').slice(start.column - 1);
}

/**
 * @typedef {{ line: number, column: number }} Place
 * @typedef {{ status: string, mutatorName: string, original: string, replacement?: string, location: { start: Place, end: Place } }} Mutant
 * @param {string} name
 * @param {{ specs: string[], files: string[] }} group
 * @param {AbortSignal} signal
 * @returns {Promise<Record<string, Mutant[]>>}
 */
async function mutate(name, group, signal) {
  const folder = join(dataFolder, 'mutants', name);
  mkdirSync(folder, { recursive: true });
  const report = join(folder, 'report.json');
  const config = join(folder, 'stryker.config.json');
  const settings = {
    mutate: group.files,
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    plugins: ['@stryker-mutator/jest-runner'],
    jest: { configFile: 'jest.mutants.config.mjs', enableFindRelatedTests: false },
    coverageAnalysis: 'perTest',
    ignorePatterns: ['/.data', '/dist', '/docs', '/bench', '/coverage'],
    tempDirName: join(folder, 'sandbox'),
    reporters: ['json'],
    jsonReporter: { fileName: report },
    concurrency: 2,
    timeoutMS: 20_000,
  };
  writeFileSync(config, JSON.stringify(settings));
  const env = { ...process.env, YINKE_MUTANT_SPECS: group.specs.join(',') };
  const { code, output } = await run(join(root, 'node_modules/.bin/stryker'), ['run', config], { env, signal });
  if (code !== 0) throw new Refusal(`the mutants of ${name} could not be tried:\n${tail(output)}`);
  return Object.fromEntries(
    Object.entries(JSON.parse(readFileSync(report, 'utf8')).files).map(([file, { mutants, source }]) => [
      file,
      mutants.map((/** @type {Mutant} */ mutant) => ({ ...mutant, original: textAt(source, mutant.location) })),
    ]),
  );
}

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return `${((100 * part) / Math.max(whole, 1)).toFixed(1).padStart(5)} %`;
}
